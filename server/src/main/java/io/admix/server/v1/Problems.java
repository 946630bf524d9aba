package io.admix.server.v1;

import io.admix.server.security.ClientGone;
import io.admix.server.v1.ProblemException.Problem;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.ModelAndView;

/**
 * Answers every fault below {@code /api/v1} with a problem. A fault that nobody foresaw is logged
 * with a word that the answer names too, and the answer says nothing else of it.
 */
@Component
final class Problems implements HandlerExceptionResolver, Ordered {
  private static final Logger LOG = LoggerFactory.getLogger(Problems.class);

  @Override
  public int getOrder() {
    return HIGHEST_PRECEDENCE;
  }

  @Override
  public @Nullable ModelAndView resolveException(
      HttpServletRequest request,
      HttpServletResponse response,
      @Nullable Object handler,
      Exception fault) {
    if (!Addresses.isOurs(request)) {
      return null;
    }
    if (response.isCommitted() || ClientGone.is(fault)) {
      // Half an answer is out: the connection is broken off, so that nobody takes it for whole.
      return null;
    }
    try {
      // Headers of the filters before stay; those of the answer that did not come go.
      response.resetBuffer();
      response.setHeader(HttpHeaders.ETAG, null);
      headers(fault, response);
      ProblemJson.send(known(request, fault), response);
    } catch (IOException gone) {
      LOG.debug("Nobody waits for the problem any more", gone);
    }
    return new ModelAndView();
  }

  private static Problem known(HttpServletRequest request, Exception fault) {
    Problem problem = Faults.problem(fault);
    if (problem != null) {
      return problem;
    }
    String mark = UUID.randomUUID().toString();
    LOG.error("{} {} failed, {}", request.getMethod(), request.getRequestURI(), mark, fault);
    return Problem.of(
        ProblemType.INTERNAL, "The service failed; its log says why, at " + mark + ".");
  }

  private static void headers(Exception fault, HttpServletResponse response) {
    if (fault instanceof HttpRequestMethodNotSupportedException method) {
      response.setHeader(
          "Allow", String.join(", ", Methods.allowed(method.getSupportedHttpMethods())));
    }
    if (fault instanceof HttpMediaTypeNotSupportedException type
        && !type.getSupportedMediaTypes().isEmpty()) {
      response.setHeader("Accept", MediaType.toString(type.getSupportedMediaTypes()));
    }
  }
}
