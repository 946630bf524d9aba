package io.admix.server.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * The outermost: what fails in a filter, outside of every controller, is answered in our shape and
 * stands in the log. A fault after the answer began goes on to the container, which breaks off the
 * connection, so that nobody takes half an answer for a whole one.
 */
final class FaultFilter extends OncePerRequestFilter {
  private static final Logger LOG = LoggerFactory.getLogger(FaultFilter.class);
  private static final String RETRY_SECONDS = "5";

  private final Refusals refusals;

  FaultFilter(Refusals refusals) {
    this.refusals = refusals;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    try {
      chain.doFilter(request, response);
    } catch (ServletException | IOException | RuntimeException fault) {
      if (ClientGone.is(fault)) {
        throw fault;
      }
      if (response.isCommitted()) {
        LOG.warn("The answer to {} broke off", request.getRequestURI(), fault);
        throw fault;
      }
      answer(request, response, cause(fault));
    }
  }

  private static Throwable cause(Exception fault) {
    Throwable cause = fault instanceof ServletException ? fault.getCause() : null;
    return cause == null ? fault : cause;
  }

  private void answer(HttpServletRequest request, HttpServletResponse response, Throwable fault)
      throws IOException {
    String unreadable = Unreadable.why(fault);
    if (unreadable != null) {
      HttpStatus status =
          Unreadable.isTooLarge(fault) ? HttpStatus.CONTENT_TOO_LARGE : HttpStatus.BAD_REQUEST;
      refusals.write(request, response, status, unreadable);
    } else if (fault instanceof IssuerAwayException) {
      LOG.warn(
          "The issuer cannot be reached, so nobody can be known: {}",
          String.valueOf(fault.getCause()));
      response.setHeader(HttpHeaders.RETRY_AFTER, RETRY_SECONDS);
      refusals.write(
          request,
          response,
          HttpStatus.SERVICE_UNAVAILABLE,
          "The issuer of sign-ins cannot be reached just now; nothing was changed. Try again.");
    } else {
      LOG.error("{} {} failed", request.getMethod(), request.getRequestURI(), fault);
      refusals.write(
          request,
          response,
          HttpStatus.INTERNAL_SERVER_ERROR,
          "Something went wrong here; the log of the service tells what.");
    }
  }
}
