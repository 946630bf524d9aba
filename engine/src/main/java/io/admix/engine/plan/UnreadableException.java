package io.admix.engine.plan;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A source that cannot be read: a fault of the request, not of ours. */
final class UnreadableException extends IOException {
  UnreadableException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
