package io.admix.catalog;

import org.jspecify.annotations.Nullable;

/**
 * The connection broke while a transaction was committing: it may be there or not. Ask the
 * catalogue what holds before anything is deleted or done again.
 */
public final class CommitUnknownException extends CatalogException {
  public CommitUnknownException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
