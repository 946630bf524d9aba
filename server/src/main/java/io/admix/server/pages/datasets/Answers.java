package io.admix.server.pages.datasets;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;

/** What these pages answer and read alike. */
final class Answers {
  private static final int PAGE_MAX = 1_000_000;

  private Answers() {}

  /** Leads to another page, whether a script or a form has asked. */
  static ResponseEntity<byte[]> goTo(HttpServletRequest request, String address) {
    return isScripts(request)
        ? ResponseEntity.ok().header("HX-Redirect", address).build()
        : ResponseEntity.status(HttpStatus.SEE_OTHER).location(URI.create(address)).build();
  }

  /** The same answer, which tells the page around it that a folder has been read. */
  static ResponseEntity<byte[]> read(ResponseEntity<byte[]> answer) {
    return ResponseEntity.status(answer.getStatusCode())
        .headers(answer.getHeaders())
        .header("HX-Trigger", "datasets-read")
        .body(answer.getBody());
  }

  /** Whether a script asks for a part of a page. */
  static boolean isScripts(HttpServletRequest request) {
    return request.getHeader("HX-Request") != null;
  }

  /** A value for the query of an address. */
  static String query(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }

  /** The number of a page; the first for whatever is none. */
  static int page(String text) {
    try {
      return Math.clamp(Integer.parseInt(text), 1, PAGE_MAX);
    } catch (NumberFormatException e) {
      return 1;
    }
  }
}
