package io.admix.server.security;

import io.admix.catalog.Actor;
import io.admix.server.security.KnownCaller.Proof;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.springframework.http.HttpHeaders;

/**
 * Asks for the service's token, as a Bearer, or for the cookie of a browser that was signed in by
 * it.
 */
final class TokenIdentification implements Identification {
  private static final String BEARER = "bearer ";

  private final SignIn signIn;

  TokenIdentification(SignIn signIn) {
    this.signIn = signIn;
  }

  @Override
  public Optional<KnownCaller> identify(HttpServletRequest request) {
    String authorization = request.getHeader(HttpHeaders.AUTHORIZATION);
    if (authorization != null) {
      return isBearer(authorization) && signIn.isToken(authorization.substring(BEARER.length()))
          ? Optional.of(new KnownCaller(Actor.SYSTEM, Proof.BEARER))
          : Optional.empty();
    }
    return SignIn.cookie(request)
        .map(Cookie::getValue)
        .filter(signIn::isSigned)
        .map(c -> new KnownCaller(Actor.SYSTEM, Proof.COOKIE));
  }

  private static boolean isBearer(String authorization) {
    return authorization.regionMatches(true, 0, BEARER, 0, BEARER.length());
  }
}
