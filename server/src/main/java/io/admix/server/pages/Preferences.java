package io.admix.server.pages;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.Optional;
import org.springframework.http.HttpHeaders;

/** How somebody wants the pages, as his browser keeps it in cookies. */
record Preferences(Language language, Theme theme) {
  static final String LANGUAGE = "admix-language";
  static final String THEME = "admix-theme";

  static Preferences of(HttpServletRequest request) {
    Language language =
        cookie(request, LANGUAGE)
            .flatMap(Language::of)
            .orElseGet(() -> {
              String accepted = request.getHeader(HttpHeaders.ACCEPT_LANGUAGE);
              return accepted == null ? Language.ENGLISH : Language.accepted(accepted);
            });
    return new Preferences(language, cookie(request, THEME).map(Theme::of).orElse(Theme.AUTO));
  }

  private static Optional<String> cookie(HttpServletRequest request, String name) {
    return Optional.ofNullable(request.getCookies()).stream()
        .flatMap(Arrays::stream)
        .filter(cookie -> cookie.getName().equals(name))
        .map(Cookie::getValue)
        .findFirst();
  }
}
