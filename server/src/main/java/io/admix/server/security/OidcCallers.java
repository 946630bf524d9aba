package io.admix.server.security;

import io.admix.catalog.Actor;
import io.admix.server.security.KnownCaller.Proof;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.core.convert.converter.Converter;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.client.authentication.OAuth2AuthenticationToken;
import org.springframework.security.oauth2.client.oidc.userinfo.OidcUserRequest;
import org.springframework.security.oauth2.client.oidc.userinfo.OidcUserService;
import org.springframework.security.oauth2.client.userinfo.OAuth2UserService;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;

/** From what an issuer says to an owner. */
final class OidcCallers {
  private static final int NAME_MAX = 255;

  private final String claim;

  OidcCallers(String claim) {
    this.claim = claim;
  }

  Converter<Jwt, AbstractAuthenticationToken> ofPrograms() {
    return jwt ->
        actor(jwt.getClaim(claim))
            .map(actor -> new KnownCaller(actor, Proof.BEARER))
            .orElseThrow(() -> new InvalidBearerTokenException("the token names no owner"));
  }

  /** Lets in only whom the claim names. */
  OAuth2UserService<OidcUserRequest, OidcUser> people() {
    OidcUserService users = new OidcUserService();
    return request -> {
      OidcUser user = users.loadUser(request);
      if (actor(user.getClaim(claim)).isEmpty()) {
        throw new OAuth2AuthenticationException(new OAuth2Error("no_owner"), "no owner is named");
      }
      return user;
    };
  }

  /** Who signed in by a browser. */
  Optional<KnownCaller> signedIn(Authentication authentication) {
    return authentication instanceof OAuth2AuthenticationToken token
            && token.getPrincipal() instanceof OidcUser user
        ? actor(user.getClaim(claim)).map(actor -> new KnownCaller(actor, Proof.COOKIE))
        : Optional.empty();
  }

  /** Nobody may call himself the system, who sees everything. */
  private static Optional<Actor> actor(@Nullable Object value) {
    return value instanceof String name
            && !name.isBlank()
            && name.length() <= NAME_MAX
            && name.chars().noneMatch(Character::isISOControl)
            && !name.strip().equalsIgnoreCase(Actor.SYSTEM.owner())
        ? Optional.of(Actor.of(name))
        : Optional.empty();
  }
}
