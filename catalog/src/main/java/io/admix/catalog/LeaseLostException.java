package io.admix.catalog;

/**
 * Another runner holds the task now: this one must place and record nothing more. The transaction
 * is rolled back.
 */
public final class LeaseLostException extends CatalogException {
  public LeaseLostException(String message) {
    super(message);
  }
}
