package io.admix.server.security;

import io.admix.catalog.Actor;
import org.springframework.security.authentication.AuthenticationCredentialsNotFoundException;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;

/** Who calls, in the request of this thread. */
public final class Callers {
  private Callers() {}

  /**
   * The caller of the request.
   *
   * @throws AuthenticationCredentialsNotFoundException when nobody was authenticated
   */
  public static Actor current() {
    Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
    if (authentication instanceof KnownCaller known) {
      return known.actor();
    }
    throw new AuthenticationCredentialsNotFoundException("nobody is signed in");
  }
}
