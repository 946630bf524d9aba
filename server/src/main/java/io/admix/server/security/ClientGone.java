package io.admix.server.security;

import org.apache.catalina.connector.ClientAbortException;
import org.jspecify.annotations.Nullable;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;

/** Faults that only say that whoever asked went away: nobody waits for an answer. */
public final class ClientGone {
  private ClientGone() {}

  /** Whether a fault, or what led to it, is one of them. */
  public static boolean is(Throwable fault) {
    for (@Nullable Throwable cause = fault; cause != null; cause = cause.getCause()) {
      if (cause instanceof ClientAbortException
          || cause instanceof AsyncRequestNotUsableException) {
        return true;
      }
    }
    return false;
  }
}
