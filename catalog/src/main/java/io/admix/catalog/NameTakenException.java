package io.admix.catalog;

/** A dataset name or target path that somebody else claimed. Nothing was changed. */
public final class NameTakenException extends CatalogException {
  public NameTakenException(String message) {
    super(message);
  }
}
