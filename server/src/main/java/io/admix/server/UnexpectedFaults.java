package io.admix.server;

import io.admix.server.security.ClientGone;
import io.admix.server.security.Unreadable;
import jakarta.servlet.http.HttpServletResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;

/**
 * The last answer to what no other handler knows: Spring's own faults (unknown path, wrong method,
 * unreadable body) by their status, everything else as 500. A stack trace goes to the log only. A
 * package with answers of its own declares a {@code RestControllerAdvice} for itself, of higher
 * precedence.
 */
@RestControllerAdvice
@Order(Ordered.LOWEST_PRECEDENCE)
class UnexpectedFaults extends ResponseEntityExceptionHandler {
  private static final Logger LOG = LoggerFactory.getLogger(UnexpectedFaults.class);

  @ExceptionHandler(Exception.class)
  ProblemDetail unexpected(Exception fault, HttpServletResponse response) throws Exception {
    if (response.isCommitted() || ClientGone.is(fault)) {
      // To the container, which breaks off the connection; more of a body would look like a whole.
      throw fault;
    }
    String why = Unreadable.why(fault);
    if (why != null) {
      return ProblemDetail.forStatusAndDetail(
          Unreadable.isTooLarge(fault) ? HttpStatus.CONTENT_TOO_LARGE : HttpStatus.BAD_REQUEST,
          why);
    }
    LOG.error("a request failed", fault);
    return ProblemDetail.forStatusAndDetail(
        HttpStatus.INTERNAL_SERVER_ERROR,
        "Something went wrong here; the log of the service tells what.");
  }
}
