package io.admix.server.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/** Makes known who calls. */
final class CallerFilter extends OncePerRequestFilter {
  private final Identification identification;
  private final Refusals refusals;

  CallerFilter(Identification identification, Refusals refusals) {
    this.identification = identification;
    this.refusals = refusals;
  }

  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    return OpenPaths.isHealth(request);
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
    Optional<KnownCaller> caller;
    try {
      caller = identification.identify(request);
    } catch (RefusedRequestException e) {
      refusals.write(request, response, e.status(), String.valueOf(e.getMessage()));
      return;
    }
    if (caller.isPresent()) {
      SecurityContext context = SecurityContextHolder.createEmptyContext();
      context.setAuthentication(caller.get());
      SecurityContextHolder.setContext(context);
    }
    chain.doFilter(request, response);
  }
}
