package io.admix.server.datamate;

import io.admix.catalog.CatalogUnavailableException;
import io.admix.engine.task.QueueFullException;
import io.admix.server.BusyException;
import io.admix.server.security.ClientGone;
import io.admix.server.security.Unreadable;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.stereotype.Component;
import org.springframework.web.ErrorResponse;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.ModelAndView;

/**
 * Answers every fault below DataMate's paths in its envelope, also where no controller was found.
 * What went wrong here goes to the log, never into an answer.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class EnvelopeFaults implements HandlerExceptionResolver {
  private static final Logger LOG = LoggerFactory.getLogger(EnvelopeFaults.class);

  @Override
  public @Nullable ModelAndView resolveException(
      HttpServletRequest request,
      HttpServletResponse response,
      @Nullable Object handler,
      Exception fault) {
    if (!Envelope.covers(request) || response.isCommitted() || ClientGone.is(fault)) {
      return null;
    }
    try {
      answer(request, response, fault);
    } catch (IOException gone) {
      LOG.debug("the caller is gone", gone);
    }
    return new ModelAndView();
  }

  private static void answer(
      HttpServletRequest request, HttpServletResponse response, Exception fault)
      throws IOException {
    switch (fault) {
      case DataMateException known -> Envelope.error(response, known.error(), known.data());
      case ErrorResponse spring -> {
        spring
            .getHeaders()
            .forEach((name, values) -> values.forEach(value -> response.addHeader(name, value)));
        String detail = spring.getBody().getDetail();
        Envelope.refuse(
            response, spring.getStatusCode().value(), detail == null ? "refused" : detail);
      }
      case QueueFullException full ->
          Envelope.refuse(
              response, HttpStatus.TOO_MANY_REQUESTS.value(), String.valueOf(full.getMessage()));
      case BusyException busy -> Envelope.error(response, DataMateError.UNAVAILABLE, null);
      case CatalogUnavailableException away -> {
        LOG.warn(
            "{} {} failed: {}", request.getMethod(), request.getRequestURI(), away.getMessage());
        Envelope.error(response, DataMateError.UNAVAILABLE, null);
      }
      case InvalidParameterException parameters -> {
        DataMateException invalid =
            DataMateException.invalid(List.of(String.valueOf(Unreadable.why(parameters))));
        Envelope.error(response, invalid.error(), invalid.data());
      }
      case RequestRejectedException header ->
          Envelope.refuse(
              response, HttpStatus.BAD_REQUEST.value(), String.valueOf(Unreadable.why(header)));
      default -> {
        LOG.error("{} {} failed", request.getMethod(), request.getRequestURI(), fault);
        Envelope.error(response, DataMateError.INTERNAL, null);
      }
    }
  }
}
