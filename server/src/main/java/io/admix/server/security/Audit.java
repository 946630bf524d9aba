package io.admix.server.security;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;

/**
 * One log line for every request that would change something: who, what, whose, and how it ended.
 * What a request carries is never logged.
 */
@Component
public final class Audit implements HandlerInterceptor {
  private static final Logger LOG = LoggerFactory.getLogger("io.admix.audit");
  private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS", "TRACE");
  private static final String MADE = Audit.class.getName() + ".made";
  private static final String ASKED = Audit.class.getName() + ".asked";
  private static final int SHOWN = 200;

  /** Tells the line of the running request the id of what it made. */
  public static void made(String id) {
    RequestAttributes request = RequestContextHolder.getRequestAttributes();
    if (request != null) {
      request.setAttribute(MADE, id, RequestAttributes.SCOPE_REQUEST);
    }
  }

  /** Tells that the running request only asks, although it is a POST: no line is written of it. */
  public static void asked() {
    RequestAttributes request = RequestContextHolder.getRequestAttributes();
    if (request != null) {
      request.setAttribute(ASKED, true, RequestAttributes.SCOPE_REQUEST);
    }
  }

  static boolean isChange(HttpServletRequest request) {
    return !READING.contains(request.getMethod());
  }

  @Override
  public void afterCompletion(
      HttpServletRequest request,
      HttpServletResponse response,
      Object handler,
      @Nullable Exception fault) {
    if (isChange(request) && request.getAttribute(ASKED) == null) {
      int status = fault == null ? response.getStatus() : HttpStatus.INTERNAL_SERVER_ERROR.value();
      line(request, status, locationOfMade(status, response));
    }
  }

  /** Elsewhere a Location is where a browser goes on, such as a list. */
  private static @Nullable String locationOfMade(int status, HttpServletResponse response) {
    return status == HttpStatus.CREATED.value() || status == HttpStatus.ACCEPTED.value()
        ? response.getHeader(HttpHeaders.LOCATION)
        : null;
  }

  void refused(HttpServletRequest request, HttpStatus status) {
    if (isChange(request)) {
      line(request, status.value(), null);
    }
  }

  /** Somebody signed in by his browser. */
  void signedIn(HttpServletRequest request, String who, int status) {
    line(request, who, status, null);
  }

  /** Somebody signed in, out, or tried to. */
  void sign(HttpServletRequest request, int status) {
    line(request, status, null);
  }

  private static void line(HttpServletRequest request, int status, @Nullable String location) {
    Authentication caller = SecurityContextHolder.getContext().getAuthentication();
    line(request, caller instanceof KnownCaller known ? known.getName() : "-", status, location);
  }

  private static void line(
      HttpServletRequest request, String who, int status, @Nullable String location) {
    LOG.info(
        "who={} from={} what={} {} id={} outcome={}",
        shown(who),
        request.getRemoteAddr(),
        request.getMethod(),
        shown(request.getRequestURI()),
        shown(ids(request, location)),
        status);
  }

  private static String ids(HttpServletRequest request, @Nullable String location) {
    if (request.getAttribute(MADE) instanceof String made) {
      return made;
    }
    if (location != null) {
      return location.substring(location.lastIndexOf('/') + 1);
    }
    if (request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE)
            instanceof Map<?, ?> variables
        && !variables.isEmpty()) {
      return new TreeMap<>(variables).values().toString();
    }
    String[] named = "DELETE".equals(request.getMethod()) ? parameters(request) : null;
    return named == null ? "-" : String.join(",", named);
  }

  private static String @Nullable [] parameters(HttpServletRequest request) {
    try {
      return request.getParameterValues("ids");
    } catch (InvalidParameterException unreadable) {
      return null;
    }
  }

  /** A caller's text cannot begin a line of its own, nor fill the log. */
  private static String shown(String text) {
    String plain = text.replaceAll("[\\p{Cntrl}\\s]", "?");
    return plain.length() > SHOWN ? plain.substring(0, SHOWN) + "…" : plain;
  }
}
