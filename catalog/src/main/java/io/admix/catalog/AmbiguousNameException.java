package io.admix.catalog;

/** Several datasets have the name that was asked for. */
public final class AmbiguousNameException extends CatalogException {
  AmbiguousNameException(String message) {
    super(message);
  }
}
