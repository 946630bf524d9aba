package io.admix.server.v1;

import io.admix.server.v1.ProblemException.Problem;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Problems as {@code application/problem+json}. */
final class ProblemJson {
  private static final String MEDIA_TYPE = "application/problem+json";
  private static final String RETRY_SECONDS = "5";

  private ProblemJson() {}

  static ObjectNode of(Problem problem) {
    ObjectNode node =
        JsonNodeFactory.instance
            .objectNode()
            .put("type", problem.type().uri())
            .put("title", problem.type().title())
            .put("status", problem.type().status().value())
            .put("detail", problem.detail());
    ArrayNode errors = node.putArray("errors");
    problem.errors().forEach(error -> errors.add(error(error)));
    if (!problem.shortages().isEmpty()) {
      ArrayNode shortages = node.putArray("shortages");
      problem
          .shortages()
          .forEach(shortage ->
              shortages
                  .addObject()
                  .put("source", shortage.source())
                  .put("asked", shortage.asked())
                  .put("available", shortage.available())
                  .put("usable", shortage.usable()));
    }
    return node;
  }

  private static ObjectNode error(FieldError error) {
    ObjectNode node =
        JsonNodeFactory.instance
            .objectNode()
            .put("field", error.field())
            .put("message", error.message());
    if (error.line() > 0) {
      node.put("line", error.line());
    }
    if (error.column() > 0) {
      node.put("column", error.column());
    }
    return node;
  }

  /** Answers with the problem, whatever form of answer the request prefers. */
  static void send(Problem problem, HttpServletResponse response) throws IOException {
    byte[] body = of(problem).toString().getBytes(StandardCharsets.UTF_8);
    response.setStatus(problem.type().status().value());
    response.setContentType(MEDIA_TYPE);
    response.setHeader("Cache-Control", "no-store");
    if (problem.type() == ProblemType.UNAVAILABLE) {
      response.setHeader("Retry-After", RETRY_SECONDS);
    }
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
    response.flushBuffer();
  }
}
