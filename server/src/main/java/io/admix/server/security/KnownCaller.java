package io.admix.server.security;

import io.admix.catalog.Actor;
import java.util.List;
import org.springframework.security.authentication.AbstractAuthenticationToken;

/** A caller of whom it is known who he is. */
final class KnownCaller extends AbstractAuthenticationToken {
  private final transient Actor actor;

  KnownCaller(Actor actor) {
    super(List.of());
    this.actor = actor;
    setAuthenticated(true);
  }

  Actor actor() {
    return actor;
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
