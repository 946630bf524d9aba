package io.admix.server.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Refuses what another page makes a browser ask: a foreign Host (DNS rebinding), a foreign Origin,
 * a change that the browser itself calls cross-site. Probes may ask for the health under any name,
 * which tells nobody anything.
 */
final class GuardFilter extends OncePerRequestFilter {
  private static final Set<String> OWN_SITES = Set.of("same-origin", "none");

  private final OwnNames names;
  private final Refusals refusals;

  GuardFilter(OwnNames names, Refusals refusals) {
    this.names = names;
    this.refusals = refusals;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    String problem = problem(request);
    if (problem == null) {
      chain.doFilter(request, response);
    } else {
      refusals.write(request, response, HttpStatus.FORBIDDEN, problem);
    }
  }

  private @Nullable String problem(HttpServletRequest request) {
    String host = request.getHeader(HttpHeaders.HOST);
    if (!OpenPaths.isHealth(request) && !names.isOwn(host)) {
      return "The service does not go by this host name. Name it in admix.server.hosts, or give admix.server.url.";
    }
    String origin = request.getHeader(HttpHeaders.ORIGIN);
    if (origin != null && !names.isOwnOrigin(origin, host)) {
      return "Pages of another origin may not call this service.";
    }
    String site = request.getHeader("Sec-Fetch-Site");
    if (Audit.isChange(request) && origin == null && site != null && !OWN_SITES.contains(site)) {
      return "Pages of another site may not call this service.";
    }
    return null;
  }
}
