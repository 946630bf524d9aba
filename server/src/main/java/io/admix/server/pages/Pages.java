package io.admix.server.pages;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.Utf8ByteOutput;
import io.admix.engine.settings.SecuritySettings.Mode;
import io.admix.engine.settings.ServerSettings;
import io.admix.server.security.Callers;
import io.admix.server.security.LocalAddress;
import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.stereotype.Component;

/** Makes pages, and parts of pages, of templates. */
@Component
public final class Pages {
  private static final MediaType HTML = new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8);

  private final TemplateEngine templates;
  private final Assets assets;
  private final boolean isSignInOurs;

  Pages(Assets assets, ServerSettings settings) {
    this.assets = assets;
    this.templates = TemplateEngine.createPrecompiled(ContentType.Html);
    this.templates.setBinaryStaticContent(true);
    Mode mode = settings.security().mode();
    this.isSignInOurs = mode == Mode.TOKEN || mode == Mode.OIDC;
  }

  /**
   * A request for a page.
   *
   * @param title key of the page's name
   * @param places for the name's words
   */
  public Visit visit(
      HttpServletRequest request, @Nullable Room room, String title, Object... places) {
    Preferences preferences = Preferences.of(request);
    String words = Words.of(preferences.language(), title, places);
    return new Visit(
        preferences, new Visit.Place(room, words, address(request, room)), caller(request), assets);
  }

  private Visit.Caller caller(HttpServletRequest request) {
    // Asked for its value, a token begins a session; programs need none.
    boolean isSignedIn = isSignInOurs && Callers.isBrowser();
    String token =
        isSignedIn && request.getAttribute(CsrfToken.class.getName()) instanceof CsrfToken csrf
            ? csrf.getToken()
            : null;
    return new Visit.Caller(Callers.current().owner(), token, isSignedIn);
  }

  /** What answers a change is no address to come back to: then it is the page that asked for it. */
  private static String address(HttpServletRequest request, @Nullable Room room) {
    if (Set.of("GET", "HEAD").contains(request.getMethod())) {
      return address(request);
    }
    return LocalAddress.ofReferer(request.getHeader(HttpHeaders.REFERER))
        .orElse(URI.create(room == null ? "/" : room.path()))
        .toString();
  }

  private static String address(HttpServletRequest request) {
    String query = request.getQueryString();
    return request.getRequestURI() + (query == null ? "" : "?" + query);
  }

  /**
   * A whole page, or a part, as the template is.
   *
   * @param template below {@code src/main/jte}, such as {@code tasks/list.jte}
   */
  public ResponseEntity<byte[]> show(String template, Visit visit, Object model) {
    return show(HttpStatus.OK, template, visit, model);
  }

  /** The same with another status. */
  public ResponseEntity<byte[]> show(
      HttpStatusCode status, String template, Visit visit, Object model) {
    return ResponseEntity.status(status)
        .contentType(HTML)
        .cacheControl(CacheControl.noStore())
        .body(bytes(template, Map.of("visit", visit, "model", model)));
  }

  byte[] bytes(String template, Map<String, Object> parameters) {
    Utf8ByteOutput output = new Utf8ByteOutput();
    templates.render(template, parameters, output);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(output.getContentLength());
    try {
      output.writeTo(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
