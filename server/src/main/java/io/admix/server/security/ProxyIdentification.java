package io.admix.server.security;

import io.admix.catalog.Actor;
import io.admix.engine.settings.AddressRange;
import io.admix.engine.settings.SecuritySettings;
import io.admix.engine.settings.SecuritySettings.WithoutHeader;
import io.admix.server.security.KnownCaller.Proof;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.springframework.http.HttpStatus;

/** Believes the name that a proxy sends, from the addresses of the proxy only. */
final class ProxyIdentification implements Identification {
  /** DataMate's columns for owners hold as many. */
  private static final int NAME_MAX = 255;

  private final SecuritySettings settings;

  ProxyIdentification(SecuritySettings settings) {
    this.settings = settings;
  }

  @Override
  public Optional<KnownCaller> identify(HttpServletRequest request) throws RefusedRequestException {
    if (!isProxy(request.getRemoteAddr())) {
      throw new RefusedRequestException(
          HttpStatus.FORBIDDEN, "This service takes requests from its proxy only.");
    }
    List<String> names = Collections.list(request.getHeaders(settings.proxyHeader()));
    if (names.size() > 1) {
      throw bad("is there more than once");
    }
    String name = names.isEmpty() ? "" : HeaderText.of(names.getFirst()).strip();
    if (name.isEmpty()) {
      return settings.withoutHeader() == WithoutHeader.EVERYONE
          ? Optional.of(new KnownCaller(Actor.SYSTEM, Proof.PROXY))
          : Optional.empty();
    }
    if (name.length() > NAME_MAX) {
      throw bad("is longer than " + NAME_MAX + " characters");
    }
    if (name.chars().anyMatch(Character::isISOControl)) {
      throw bad("has control characters");
    }
    return Optional.of(new KnownCaller(actor(name), Proof.PROXY));
  }

  /** Somebody whom the proxy calls system owns what is the system's, and sees no more than that. */
  private static Actor actor(String name) {
    return name.equals(Actor.SYSTEM.owner()) ? new Actor(name, Actor.Sight.OWN) : Actor.of(name);
  }

  private boolean isProxy(String address) {
    int zone = address.indexOf('%');
    return AddressRange.literal(zone < 0 ? address : address.substring(0, zone))
        .filter(a -> settings.proxyAddresses().stream().anyMatch(range -> range.contains(a)))
        .isPresent();
  }

  private RefusedRequestException bad(String what) {
    return new RefusedRequestException(
        HttpStatus.BAD_REQUEST, "The header " + settings.proxyHeader() + " " + what + ".");
  }
}
