package io.admix.server.security;

import io.admix.engine.settings.ServerSettings;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Under which names this service is reached. A browser that was lured to a foreign name which leads
 * to this address (DNS rebinding) sends that name as its Host.
 */
final class OwnNames {
  private final Set<String> names = new HashSet<>(Set.of("localhost", "127.0.0.1", "[::1]"));
  private final Set<String> authorities = new HashSet<>();

  OwnNames(ServerSettings settings) {
    names.add(name(bracketed(settings.address())));
    for (String host : settings.hosts()) {
      names.add(name(bracketed(host)));
      authorities.add(bracketed(host));
    }
    URI url = settings.publicUrl();
    if (url != null) {
      names.add(url.getHost().toLowerCase(Locale.ROOT));
      authorities.add(authority(url));
    }
  }

  /** In lower case, an IPv6 address as a Host header writes it. */
  private static String bracketed(String written) {
    String host = written.toLowerCase(Locale.ROOT);
    boolean isBareIpv6 = host.indexOf(':') != host.lastIndexOf(':') && !host.startsWith("[");
    return isBareIpv6 ? "[" + host + "]" : host;
  }

  /** Whether a Host header names this service, on whatever port. */
  boolean isOwn(@Nullable String host) {
    return host != null && names.contains(name(host.toLowerCase(Locale.ROOT)));
  }

  /**
   * Whether an Origin header names a page of this service: of the host and port that the request
   * itself was sent to, of the public URL, or of a host that the settings name (with its port, or
   * on any). The address of this machine is not enough: other programs serve pages there.
   */
  boolean isOwnOrigin(String origin, @Nullable String host) {
    try {
      URI uri = new URI(origin);
      boolean isWeb = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
      if (!isWeb || uri.getHost() == null) {
        return false;
      }
      String authority = authority(uri);
      return authority.equalsIgnoreCase(host)
          || authorities.contains(authority)
          || authorities.contains(uri.getHost().toLowerCase(Locale.ROOT));
    } catch (URISyntaxException e) {
      return false;
    }
  }

  private static String authority(URI uri) {
    String host = uri.getHost().toLowerCase(Locale.ROOT);
    boolean isDefault =
        uri.getPort() < 0
            || uri.getPort() == 80 && "http".equals(uri.getScheme())
            || uri.getPort() == 443 && "https".equals(uri.getScheme());
    return isDefault ? host : host + ":" + uri.getPort();
  }

  private static String name(String authority) {
    int colon = authority.lastIndexOf(':');
    return colon > authority.lastIndexOf(']') ? authority.substring(0, colon) : authority;
  }
}
