package io.admix.catalog;

/** An unfinished task uses what was to be removed. Nothing was changed. */
public final class InUseException extends CatalogException {
  InUseException(String message) {
    super(message);
  }
}
