package io.admix.server.security;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.client.web.AuthorizationRequestRepository;
import org.springframework.security.oauth2.client.web.HttpSessionOAuth2AuthorizationRequestRepository;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;

/**
 * Which page somebody asked for who is then sent to the issuer: kept in the session that holds his
 * sign-in, so that he comes back to it. Only a path of this service is kept.
 */
final class AskedPage implements AuthorizationRequestRepository<OAuth2AuthorizationRequest> {
  private static final String PARAMETER = "to";
  private static final String ATTRIBUTE = AskedPage.class.getName();

  /** Encoded once more it is up to three times as long, and must go into a header. */
  private static final int LENGTH_MAX = 2_000;

  private final HttpSessionOAuth2AuthorizationRequestRepository requests =
      new HttpSessionOAuth2AuthorizationRequestRepository();

  /** Where a sign-in begins that leads back to what is asked for here. */
  static String signIn(HttpServletRequest request) {
    String query = request.getQueryString() == null ? "" : "?" + request.getQueryString();
    return "/oauth2/authorization/"
        + OidcConfiguration.REGISTRATION
        + "?"
        + PARAMETER
        + "="
        + URLEncoder.encode(local(request.getRequestURI() + query), StandardCharsets.UTF_8);
  }

  /** Where somebody is led who has just signed in. */
  static String of(HttpServletRequest request) {
    HttpSession session = request.getSession();
    String page = local((String) session.getAttribute(ATTRIBUTE));
    session.removeAttribute(ATTRIBUTE);
    return page;
  }

  private static String local(@Nullable String page) {
    return LocalAddress.of(page == null || page.length() > LENGTH_MAX ? "/" : page).toString();
  }

  @Override
  public void saveAuthorizationRequest(
      OAuth2AuthorizationRequest authorization,
      HttpServletRequest request,
      HttpServletResponse response) {
    requests.saveAuthorizationRequest(authorization, request, response);
    request.getSession().setAttribute(ATTRIBUTE, local(request.getParameter(PARAMETER)));
  }

  @Override
  public @Nullable OAuth2AuthorizationRequest loadAuthorizationRequest(HttpServletRequest request) {
    return requests.loadAuthorizationRequest(request);
  }

  @Override
  public @Nullable OAuth2AuthorizationRequest removeAuthorizationRequest(
      HttpServletRequest request, HttpServletResponse response) {
    return requests.removeAuthorizationRequest(request, response);
  }
}
