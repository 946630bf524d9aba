package io.admix.server.security;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Set;

/** What may be asked without saying who asks. */
final class OpenPaths {
  static final String HEALTH = "/health";
  static final String READY = "/health/ready";
  private static final Set<String> ALL = Set.of(HEALTH, READY);

  private OpenPaths() {}

  static boolean isHealth(HttpServletRequest request) {
    boolean isRead = request.getMethod().equals("GET") || request.getMethod().equals("HEAD");
    return isRead && ALL.contains(request.getRequestURI());
  }
}
