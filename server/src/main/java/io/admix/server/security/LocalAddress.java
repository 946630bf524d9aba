package io.admix.server.security;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Addresses that a request names for afterwards: of this service only. */
public final class LocalAddress {
  private static final URI HOME = URI.create("/");

  /** All headers of an answer have 8 KB. */
  private static final int LENGTH_MAX = 4_000;

  private LocalAddress() {}

  /**
   * Path and query of a page here, what is beyond ASCII percent-encoded as headers need it; the
   * first page for anything else, and for what is too long for a header.
   */
  public static URI of(String written) {
    // What browsers take for the name of a host: two slashes, or a backslash for one.
    boolean isPath =
        written.startsWith("/") && !written.startsWith("//") && written.indexOf('\\') < 0;
    boolean isText = StandardCharsets.UTF_8.newEncoder().canEncode(written);
    if (!isPath || !isText || written.chars().anyMatch(Character::isISOControl)) {
      return HOME;
    }
    try {
      URI uri = new URI(written);
      boolean isHere = uri.getScheme() == null && uri.getRawAuthority() == null;
      String ascii = uri.toASCIIString();
      return isHere && ascii.length() <= LENGTH_MAX ? URI.create(ascii) : HOME;
    } catch (URISyntaxException e) {
      return HOME;
    }
  }

  /**
   * The same of the page that a browser names as the one that asks; nothing where it names none.
   */
  public static Optional<URI> ofReferer(@Nullable String referer) {
    try {
      URI page = new URI(referer == null ? "" : referer);
      String path = page.getRawPath();
      String query = page.getRawQuery();
      return path == null || path.isEmpty()
          ? Optional.empty()
          : Optional.of(of(query == null ? path : path + "?" + query));
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }
}
