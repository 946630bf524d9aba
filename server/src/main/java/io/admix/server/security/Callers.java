package io.admix.server.security;

import io.admix.catalog.Actor;
import io.admix.server.security.KnownCaller.Proof;
import java.util.Optional;
import org.springframework.security.authentication.AuthenticationCredentialsNotFoundException;
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
    return ifKnown()
        .orElseThrow(() -> new AuthenticationCredentialsNotFoundException("nobody is signed in"));
  }

  /** The caller, where this thread answers somebody's request. */
  public static Optional<Actor> ifKnown() {
    return known().map(KnownCaller::actor);
  }

  /** Whether a cookie told who calls. */
  public static boolean isBrowser() {
    return proof().filter(proof -> proof == Proof.COOKIE).isPresent();
  }

  static Optional<Proof> proof() {
    return known().map(KnownCaller::proof);
  }

  private static Optional<KnownCaller> known() {
    return SecurityContextHolder.getContext().getAuthentication() instanceof KnownCaller known
        ? Optional.of(known)
        : Optional.empty();
  }
}
