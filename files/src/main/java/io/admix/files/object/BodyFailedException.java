package io.admix.files.object;

import java.io.IOException;

/**
 * Bytes that were to be sent could not be read, or were not as many as told: no fault of the store,
 * and never tried again.
 */
public final class BodyFailedException extends IOException {
  private final boolean changed;

  /**
   * @param changed whether the source is no longer what it was, rather than unreadable
   */
  public BodyFailedException(String message, boolean changed) {
    super(message);
    this.changed = changed;
  }

  public boolean isChanged() {
    return changed;
  }

  /** Whether this stands anywhere behind a failure. */
  public static boolean isBehind(Throwable failure) {
    Throwable cause = failure;
    for (int i = 0; i < 16 && cause != null; i++) {
      if (cause instanceof BodyFailedException) {
        return true;
      }
      cause = cause.getCause();
    }
    return false;
  }
}
