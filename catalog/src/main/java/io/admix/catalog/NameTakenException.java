package io.admix.catalog;

/** A dataset name or target path that somebody else claimed. Nothing was changed. */
public class NameTakenException extends CatalogException {
  public NameTakenException(String message) {
    super(message);
  }
}
