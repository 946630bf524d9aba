package io.admix.server.security;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.security.web.csrf.CsrfTokenRepository;
import org.springframework.security.web.csrf.DefaultCsrfToken;

/** The CSRF token of a browser follows from its cookie: nothing is stored. */
final class CookieCsrfTokens implements CsrfTokenRepository {
  private final SignIn signIn;

  CookieCsrfTokens(SignIn signIn) {
    this.signIn = signIn;
  }

  @Override
  public CsrfToken generateToken(HttpServletRequest request) {
    String cookie = SignIn.cookie(request).map(Cookie::getValue).orElse("");
    return new DefaultCsrfToken("X-CSRF-TOKEN", "_csrf", signIn.csrfToken(cookie));
  }

  @Override
  public void saveToken(
      @Nullable CsrfToken token, HttpServletRequest request, HttpServletResponse response) {
    // It can be made again at any time.
  }

  @Override
  public CsrfToken loadToken(HttpServletRequest request) {
    return generateToken(request);
  }
}
