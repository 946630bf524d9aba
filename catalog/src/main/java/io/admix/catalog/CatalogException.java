package io.admix.catalog;

import org.jspecify.annotations.Nullable;

/**
 * The catalogue refused or failed; the message is for people. The transaction that it was about is
 * rolled back.
 */
public class CatalogException extends RuntimeException {
  public CatalogException(String message) {
    super(message);
  }

  public CatalogException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
