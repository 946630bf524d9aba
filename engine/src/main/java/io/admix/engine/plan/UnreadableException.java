package io.admix.engine.plan;

import java.io.IOException;

/** A source that cannot be read: a fault of the request, not of ours. */
final class UnreadableException extends IOException {
  UnreadableException(String message) {
    super(message);
  }

  UnreadableException(String message, Throwable cause) {
    super(message, cause);
  }
}
