package io.admix.server.pages;

import io.admix.catalog.Actor;
import io.admix.server.security.LocalAddress;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.time.Duration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseCookie;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Where the pages begin, and how somebody wants them. */
@RestController
final class FrameController {

  @GetMapping("/")
  ResponseEntity<Void> begin(Actor caller) {
    return ResponseEntity.status(HttpStatus.FOUND)
        .location(URI.create(Room.DATASETS.path()))
        .build();
  }

  /** Keeps a language or a theme in the browser, and leads back. What is not known is left. */
  @GetMapping("/preferences")
  ResponseEntity<Void> prefer(
      Actor caller,
      @RequestParam(defaultValue = "") String language,
      @RequestParam(defaultValue = "") String theme,
      @RequestParam(defaultValue = "/") String back,
      HttpServletRequest request) {
    ResponseEntity.BodyBuilder answer = ResponseEntity.status(HttpStatus.SEE_OTHER);
    Language.of(language).ifPresent(known -> keep(answer, Preferences.LANGUAGE, known.code()));
    if (!theme.isEmpty()) {
      keep(answer, Preferences.THEME, Theme.of(theme).code());
    }
    return answer.location(LocalAddress.of(back)).build();
  }

  private static void keep(ResponseEntity.BodyBuilder answer, String name, String value) {
    ResponseCookie cookie =
        ResponseCookie.from(name, value)
            .path("/")
            .sameSite("Lax")
            .maxAge(Duration.ofDays(365))
            .build();
    answer.header(HttpHeaders.SET_COOKIE, cookie.toString());
  }
}
