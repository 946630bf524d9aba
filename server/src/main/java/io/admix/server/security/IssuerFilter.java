package io.admix.server.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Asks for the issuer before a sign-in begins: an issuer that is away is told as that, where Spring
 * would answer with a silent 500.
 */
final class IssuerFilter extends OncePerRequestFilter {
  private static final String SIGN_IN = "/oauth2/authorization/" + OidcConfiguration.REGISTRATION;

  private final ClientRegistrationRepository registrations;

  IssuerFilter(ClientRegistrationRepository registrations) {
    this.registrations = registrations;
  }

  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    return !DecodedPath.of(request).equals(SIGN_IN);
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    // What cannot be read is told as that too, and not by Spring's 500.
    request.getParameterMap();
    registrations.findByRegistrationId(OidcConfiguration.REGISTRATION);
    chain.doFilter(request, response);
  }
}
