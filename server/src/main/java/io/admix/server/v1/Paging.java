package io.admix.server.v1;

import io.admix.catalog.Page;
import io.admix.catalog.PageRequest;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Answers of one page of a list, with links (RFC 8288) to the others. */
final class Paging {
  /** How many there are on all pages. */
  static final String TOTAL = "X-Total-Count";

  private Paging() {}

  static <T> ResponseEntity<byte[]> answer(
      HttpServletRequest request,
      String name,
      PageRequest asked,
      Page<T> page,
      Function<? super T, ? extends JsonNode> json) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    ArrayNode items = body.putArray(name);
    page.items().forEach(item -> items.add(json.apply(item)));
    body.put("page", asked.number()).put("pageSize", asked.size()).put("total", page.total());
    return ResponseEntity.ok()
        .header(HttpHeaders.LINK, links(request, asked, page.pages(asked.size())))
        .header(TOTAL, Long.toString(page.total()))
        .header(HttpHeaders.CACHE_CONTROL, "private, no-cache")
        .eTag(Answers.tag(body))
        .contentType(MediaType.APPLICATION_JSON)
        .body(Answers.bytes(body));
  }

  private static String links(HttpServletRequest request, PageRequest asked, long pages) {
    long last = Math.max(1, pages);
    List<String> links = new ArrayList<>();
    links.add(link(request, 1, asked.size(), "first"));
    if (asked.number() > 1) {
      links.add(link(request, Math.min(asked.number() - 1L, last), asked.size(), "prev"));
    }
    if (asked.number() < last) {
      links.add(link(request, asked.number() + 1L, asked.size(), "next"));
    }
    links.add(link(request, last, asked.size(), "last"));
    return String.join(", ", links);
  }

  private static String link(HttpServletRequest request, long page, int size, String relation) {
    StringBuilder query = new StringBuilder();
    String given = request.getQueryString();
    for (String pair : given == null ? new String[0] : given.split("&", -1)) {
      if (!pair.isEmpty() && !pair.startsWith("page=") && !pair.startsWith("pageSize=")) {
        query.append(encoded(pair)).append('&');
      }
    }
    return "<%s?%spage=%d&pageSize=%d>; rel=\"%s\""
        .formatted(request.getRequestURI(), query, page, size, relation);
  }

  /** A caller may send characters that a URI reference must not hold. */
  private static String encoded(String pair) {
    StringBuilder safe = new StringBuilder(pair.length());
    for (char c : pair.toCharArray()) {
      if (c <= ' ' || c >= 0x7F || "<>\"\\^`{|},;".indexOf(c) >= 0) {
        safe.append("%%%02X".formatted((int) c & 0xFF));
      } else {
        safe.append(c);
      }
    }
    return safe.toString();
  }
}
