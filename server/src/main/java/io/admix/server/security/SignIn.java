package io.admix.server.security;

import io.admix.engine.settings.AccessToken;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.http.ResponseCookie;

/**
 * Signs browsers in with the service's token. A cookie holds until when it counts and a signature
 * made with the token, so that it outlives a restart, ends with the token, and cannot be turned
 * back into it.
 */
public final class SignIn {
  /** The address that signs in, by its parameter {@code token}. */
  static final String PATH = "/sign-in";

  private static final String COOKIE = "admix-session";
  private static final Duration COUNTS = Duration.ofDays(30);

  private final byte[] token;
  private final Clock clock;
  private final Transport transport;

  /** Whether the browser's side of the way is encrypted. */
  enum Transport {
    PLAIN,
    TLS
  }

  SignIn(AccessToken token, Transport transport, Clock clock) {
    this.token = token.text().getBytes(StandardCharsets.UTF_8);
    this.transport = transport;
    this.clock = clock;
  }

  /** Where a browser is signed in by being there; a secret. */
  public URI url(URI service) {
    return URI.create(
        service.toString().replaceAll("/+$", "")
            + PATH
            + "?token="
            + URLEncoder.encode(new String(token, StandardCharsets.UTF_8), StandardCharsets.UTF_8));
  }

  /** Takes as long for any text of that length. */
  boolean isToken(String text) {
    return MessageDigest.isEqual(
        signature("token", new String(token, StandardCharsets.UTF_8)), signature("token", text));
  }

  /** A cookie that counts from now on. */
  ResponseCookie cookie() {
    long until = clock.instant().plus(COUNTS).getEpochSecond();
    return cookie(until + "." + encoded(signature("browser", Long.toString(until))), COUNTS);
  }

  /** What takes the cookie away again. */
  ResponseCookie noCookie() {
    return cookie("", Duration.ZERO);
  }

  private ResponseCookie cookie(String value, Duration age) {
    return ResponseCookie.from(COOKIE, value)
        .httpOnly(true)
        // A link from elsewhere leads to its page; changes need the token of a page besides.
        .sameSite("Lax")
        .secure(transport == Transport.TLS)
        .path("/")
        .maxAge(age)
        .build();
  }

  /** Whether a request is there to sign in. */
  static boolean isAsked(HttpServletRequest request) {
    String method = request.getMethod();
    return (method.equals("GET") || method.equals("POST")) && request.getRequestURI().equals(PATH);
  }

  static Optional<Cookie> cookie(HttpServletRequest request) {
    return Optional.ofNullable(request.getCookies()).stream()
        .flatMap(Arrays::stream)
        .filter(cookie -> cookie.getName().equals(COOKIE))
        .findFirst();
  }

  /** Whether a cookie was made with this token and still counts. */
  boolean isSigned(String value) {
    String until = value.split("\\.", 2)[0];
    String expected = until + "." + encoded(signature("browser", until));
    return MessageDigest.isEqual(
            value.getBytes(StandardCharsets.UTF_8), expected.getBytes(StandardCharsets.UTF_8))
        && counts(until);
  }

  private boolean counts(String until) {
    try {
      return clock.instant().isBefore(Instant.ofEpochSecond(Long.parseLong(until)));
    } catch (NumberFormatException | DateTimeException e) {
      return false;
    }
  }

  /** What a page of that browser, and no other's, can send back. */
  String csrfToken(String cookie) {
    return encoded(signature("csrf", cookie));
  }

  private byte[] signature(String use, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(token, "HmacSHA256"));
      return mac.doFinal((use + ":" + text).getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has HmacSHA256", e);
    }
  }

  private static String encoded(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
