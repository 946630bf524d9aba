package io.admix.server.security;

import io.admix.catalog.Actor;
import java.util.List;
import org.springframework.security.authentication.AbstractAuthenticationToken;

/** A caller of whom it is known who he is, and by what. */
final class KnownCaller extends AbstractAuthenticationToken {
  private final transient Actor actor;
  private final Proof proof;

  /** What told who calls. */
  enum Proof {
    /** A header that a program sets with every request; no browser sends it by itself. */
    BEARER,
    /** A cookie, which a browser sends whatever page made it ask. */
    COOKIE,
    /** The proxy in front. */
    PROXY,
    /** That he can reach the service. */
    REACH
  }

  KnownCaller(Actor actor, Proof proof) {
    super(List.of());
    this.actor = actor;
    this.proof = proof;
    setAuthenticated(true);
  }

  Actor actor() {
    return actor;
  }

  Proof proof() {
    return proof;
  }

  @Override
  public String getName() {
    return actor.owner();
  }

  @Override
  public Object getPrincipal() {
    return actor.owner();
  }

  @Override
  public String getCredentials() {
    return "";
  }
}
