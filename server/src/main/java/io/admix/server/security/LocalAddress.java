package io.admix.server.security;

import java.net.URI;
import java.net.URISyntaxException;

/** Addresses that a request names for afterwards: of this service only. */
public final class LocalAddress {
  private static final URI HOME = URI.create("/");

  private LocalAddress() {}

  /** Path and query of a page here, as written; the first page for anything else. */
  public static URI of(String written) {
    // What browsers take for the name of a host: two slashes, or a backslash for one.
    boolean isPath =
        written.startsWith("/") && !written.startsWith("//") && written.indexOf('\\') < 0;
    if (!isPath || written.chars().anyMatch(Character::isISOControl)) {
      return HOME;
    }
    try {
      URI uri = new URI(written);
      return uri.getScheme() == null && uri.getRawAuthority() == null ? uri : HOME;
    } catch (URISyntaxException e) {
      return HOME;
    }
  }
}
