package io.admix.server.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/** Makes a caller of whom a browser's session knows that he signed in. */
final class SignedInFilter extends OncePerRequestFilter {
  private final OidcCallers callers;

  SignedInFilter(OidcCallers callers) {
    this.callers = callers;
  }

  /** Another dispatch of the same request has its own thread, and its own context. */
  @Override
  protected boolean shouldNotFilterAsyncDispatch() {
    return false;
  }

  @Override
  protected boolean shouldNotFilterErrorDispatch() {
    return false;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
    if (authentication != null) {
      callers
          .signedIn(authentication)
          .ifPresent(caller -> {
            // The session keeps the context that it has; this one is the request's.
            SecurityContext context = SecurityContextHolder.createEmptyContext();
            context.setAuthentication(caller);
            SecurityContextHolder.setContext(context);
          });
    }
    chain.doFilter(request, response);
  }
}
