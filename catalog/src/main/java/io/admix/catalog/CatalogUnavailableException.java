package io.admix.catalog;

import org.jspecify.annotations.Nullable;

/**
 * The database could not be reached, broke the connection, or another connection held a lock for
 * longer than is waited: nothing of the step was written, and the same step may succeed later.
 */
public final class CatalogUnavailableException extends CatalogException {
  public CatalogUnavailableException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
