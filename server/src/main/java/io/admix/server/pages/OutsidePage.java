package io.admix.server.pages;

import io.admix.engine.settings.SecuritySettings.Mode;
import io.admix.engine.settings.ServerSettings;
import io.admix.server.security.LocalAddress;
import io.admix.server.security.RefusalPage;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/**
 * What somebody sees who is not let in. Nothing else can be read unauthenticated, so its looks
 * stand in it, allowed by their hash.
 */
@Component
final class OutsidePage implements RefusalPage {
  private final Pages pages;
  private final boolean asksForToken;
  private final String style;
  private final String policy;

  OutsidePage(Pages pages, ServerSettings settings) {
    this.pages = pages;
    this.asksForToken = settings.security().mode() == Mode.TOKEN;
    this.style = read("outside.css");
    this.policy =
        "default-src 'none'; style-src 'sha256-%s'; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
            .formatted(hash(style));
  }

  @Override
  public Page of(HttpServletRequest request, HttpStatus status, String message) {
    boolean isAsked = status == HttpStatus.UNAUTHORIZED && asksForToken;
    if (isAsked && isSignIn(request)) {
      // The token was wrong, and its fields have been read: what he came for is among them.
      String next = request.getParameter("next");
      return page(request, message, LocalAddress.of(next == null ? "/" : next).toString(), true);
    }
    // Whoever only came has done nothing wrong: the page says how to get in.
    return page(request, isAsked ? "" : message, next(request), isAsked);
  }

  @Override
  public Page signedOut(HttpServletRequest request) {
    String words = Words.of(Preferences.of(request).language(), "frame.outside.signed-out");
    return page(request, words, "/", asksForToken);
  }

  private Page page(HttpServletRequest request, String message, String next, boolean isAsked) {
    Outside model = new Outside(Preferences.of(request).language(), style, message, next, isAsked);
    return new Page(pages.bytes("frame/outside.jte", Map.of("model", model)), policy);
  }

  private static boolean isSignIn(HttpServletRequest request) {
    return request.getRequestURI().equals("/sign-in");
  }

  private static String next(HttpServletRequest request) {
    String query = request.getQueryString();
    return request.getMethod().equals("GET")
        ? request.getRequestURI() + (query == null ? "" : "?" + query)
        : "/";
  }

  private static String read(String name) {
    try (InputStream file = OutsidePage.class.getResourceAsStream(name)) {
      if (file == null) {
        throw new IllegalStateException(name + " is not in the jar");
      }
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String hash(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
