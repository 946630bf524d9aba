package io.admix.server.security;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.HttpHeaders;

/** What browsers ask for, as told from what programs ask for. */
public final class Browsers {
  private Browsers() {}

  /** Whether whoever asks shows a page to somebody. */
  public static boolean showsPages(HttpServletRequest request) {
    String accept = request.getHeader(HttpHeaders.ACCEPT);
    return request.getHeader(HttpHeaders.AUTHORIZATION) == null
        && (asksForPart(request) || accept != null && accept.contains("text/html"));
  }

  /** Whether the script of a page asks, for a part of it. */
  public static boolean asksForPart(HttpServletRequest request) {
    return "true".equals(request.getHeader("HX-Request"));
  }
}
