package io.admix.server.security;

import io.admix.server.datamate.Envelope;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Answers requests that reach no controller: an RFC 9457 problem, a page to browsers, or below
 * DataMate's paths its envelope.
 */
@Component
final class Refusals {
  private final JsonMapper json;
  private final Audit audit;
  private final RefusalPage page;

  Refusals(JsonMapper json, Audit audit, RefusalPage page) {
    this.json = json;
    this.audit = audit;
    this.page = page;
  }

  void write(
      HttpServletRequest request, HttpServletResponse response, HttpStatus status, String message)
      throws IOException {
    audit.refused(request, status);
    if (response.isCommitted()) {
      return;
    }
    response.resetBuffer();
    response.setStatus(status.value());
    if (status == HttpStatus.UNAUTHORIZED) {
      response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
    }
    response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
    boolean isDataMate = Envelope.covers(request);
    if (!isDataMate && isPage(request)) {
      show(request, response, page.of(request, status, message));
      return;
    }
    response.setContentType(
        isDataMate ? MediaType.APPLICATION_JSON_VALUE : MediaType.APPLICATION_PROBLEM_JSON_VALUE);
    byte[] body =
        isDataMate
            ? Envelope.refusal(status.value(), message)
            : json.writeValueAsBytes(problem(status, message));
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
  }

  /** Ends a sign-out: a page to browsers, nothing to programs. */
  void signedOut(HttpServletRequest request, HttpServletResponse response) throws IOException {
    if (isPage(request)) {
      response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
      show(request, response, page.signedOut(request));
    } else {
      response.setStatus(HttpStatus.NO_CONTENT.value());
    }
  }

  private static boolean isPage(HttpServletRequest request) {
    return Browsers.showsPages(request) && !DecodedPath.of(request).startsWith("/api/");
  }

  private static void show(
      HttpServletRequest request, HttpServletResponse response, RefusalPage.Page page)
      throws IOException {
    response.setHeader("Content-Security-Policy", page.policy());
    if (Browsers.asksForPart(request)) {
      response.setHeader("HX-Retarget", "#alerts");
      response.setHeader("HX-Reswap", "innerHTML");
      response.setHeader("HX-Reselect", "#message");
    }
    response.setContentType("text/html;charset=UTF-8");
    response.setContentLength(page.html().length);
    response.getOutputStream().write(page.html());
  }

  private static Map<String, Object> problem(HttpStatus status, String message) {
    Map<String, Object> problem = new LinkedHashMap<>();
    problem.put("title", status.getReasonPhrase());
    problem.put("status", status.value());
    problem.put("detail", message);
    return problem;
  }
}
