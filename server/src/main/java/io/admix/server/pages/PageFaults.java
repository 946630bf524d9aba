package io.admix.server.pages;

import io.admix.core.name.Printable;
import io.admix.server.security.Browsers;
import io.admix.server.security.ClientGone;
import io.admix.server.security.DecodedPath;
import io.admix.server.v1.Faults;
import io.admix.server.v1.ProblemException.Problem;
import io.admix.server.v1.ProblemType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.TypeMismatchException;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.ServletRequestBindingException;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.ModelAndView;

/**
 * Answers the faults of pages: with a page, or, where a script asked for a part of one, with what
 * is shown above the page that stays.
 */
@Component
final class PageFaults implements HandlerExceptionResolver, Ordered {
  private static final Logger LOG = LoggerFactory.getLogger(PageFaults.class);
  private static final String PACKAGE = PageFaults.class.getPackageName();

  private final Pages pages;

  PageFaults(Pages pages) {
    this.pages = pages;
  }

  @Override
  public int getOrder() {
    return HIGHEST_PRECEDENCE + 1;
  }

  @Override
  public @Nullable ModelAndView resolveException(
      HttpServletRequest request,
      HttpServletResponse response,
      @Nullable Object handler,
      Exception fault) {
    if (!isOurs(request, handler) || response.isCommitted() || ClientGone.is(fault)) {
      return null;
    }
    try {
      response.resetBuffer();
      send(request, response, fault);
    } catch (IOException gone) {
      LOG.debug("Nobody waits for the page any more", gone);
    }
    return new ModelAndView();
  }

  /** Of a page of ours, or nobody's and asked for by a browser. */
  private static boolean isOurs(HttpServletRequest request, @Nullable Object handler) {
    if (handler instanceof HandlerMethod method) {
      return method.getBeanType().getPackageName().startsWith(PACKAGE);
    }
    return Browsers.showsPages(request) && !DecodedPath.of(request).startsWith("/api");
  }

  private void send(HttpServletRequest request, HttpServletResponse response, Exception fault)
      throws IOException {
    Problem problem = problem(request, fault);
    Visit visit = pages.visit(request, null, "frame.fault.title");
    Faulty model = model(visit, problem);
    boolean isPart = Browsers.asksForPart(request);
    ResponseEntity<byte[]> answer =
        pages.show(
            problem.type().status(), isPart ? "frame/alert.jte" : "frame/fault.jte", visit, model);
    if (isPart) {
      response.setHeader("HX-Retarget", "#alerts");
      response.setHeader("HX-Reswap", "innerHTML");
    }
    response.setStatus(answer.getStatusCode().value());
    answer.getHeaders().forEach((name, values) -> response.setHeader(name, values.getFirst()));
    byte[] body = answer.getBody() == null ? new byte[0] : answer.getBody();
    response.setHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(body.length));
    response.getOutputStream().write(body);
  }

  private static Problem problem(HttpServletRequest request, Exception fault) {
    Problem known = Faults.problem(fault);
    if (known != null) {
      return known;
    }
    String parameter = ofParameters(fault);
    if (parameter != null) {
      return Problem.of(ProblemType.INVALID_PARAMETER, parameter);
    }
    String mark = UUID.randomUUID().toString();
    LOG.error("{} {} failed, {}", request.getMethod(), request.getRequestURI(), mark, fault);
    return Problem.of(
        ProblemType.INTERNAL, "The service failed; its log says why, at " + mark + ".");
  }

  /** What is wrong with the parameters of the address, or null when that is not it. */
  private static @Nullable String ofParameters(Exception fault) {
    return switch (fault) {
      case MissingServletRequestParameterException missing ->
          "The parameter `" + missing.getParameterName() + "` is missing.";
      case MethodArgumentTypeMismatchException wrong ->
          "The parameter `%s` cannot be `%s`."
              .formatted(wrong.getName(), Printable.of(String.valueOf(wrong.getValue())));
      case ServletRequestBindingException other -> String.valueOf(other.getMessage());
      case TypeMismatchException other -> "A parameter has a value that it cannot have.";
      default -> null;
    };
  }

  private static Faulty model(Visit visit, Problem problem) {
    String title =
        visit.t("frame.fault." + problem.type().name().toLowerCase(java.util.Locale.ROOT));
    String detail =
        problem.type() == ProblemType.NOT_FOUND && problem.detail().contains("/v3/api-docs")
            ? visit.t("frame.fault.nothing-here")
            : problem.detail();
    // One that the detail says already needs no list.
    List<io.admix.server.v1.FieldError> errors =
        problem.errors().size() > 1 ? problem.errors() : List.of();
    return new Faulty(title, detail, errors, problem.shortages());
  }
}
