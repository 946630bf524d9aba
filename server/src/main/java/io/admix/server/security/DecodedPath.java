package io.admix.server.security;

import jakarta.servlet.http.HttpServletRequest;

/** The path of a request as controllers are found by it: what is written as %2D is a hyphen. */
public final class DecodedPath {
  private DecodedPath() {}

  /** Without the query and parameters of its segments. */
  public static String of(HttpServletRequest request) {
    String rest = request.getPathInfo();
    return rest == null ? request.getServletPath() : request.getServletPath() + rest;
  }
}
