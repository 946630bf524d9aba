package io.admix.server.security;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.HttpStatus;

/** Tells people, by a page, why they see nothing else. */
public interface RefusalPage {

  /**
   * A page that needs no other file.
   *
   * @param html its bytes in UTF-8
   * @param policy what it may load, for the header Content-Security-Policy
   */
  record Page(byte[] html, String policy) {}

  /** The page of one refusal. */
  Page of(HttpServletRequest request, HttpStatus status, String message);

  /** What somebody sees who signed out. */
  Page signedOut(HttpServletRequest request);
}
