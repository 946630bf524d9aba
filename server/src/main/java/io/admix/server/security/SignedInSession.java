package io.admix.server.security;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Whether the session of a long request is there still. */
public final class SignedInSession {
  private SignedInSession() {}

  /** Asks it again each time; who came without a session has none to lose. */
  public static BooleanSupplier of(HttpServletRequest request) {
    @Nullable HttpSession session = request.getSession(false);
    return session == null ? () -> true : () -> isThere(session);
  }

  private static boolean isThere(HttpSession session) {
    try {
      return session.getCreationTime() > 0;
    } catch (IllegalStateException ended) {
      return false;
    }
  }
}
