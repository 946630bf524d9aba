package io.admix.server;

import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the service answered. */
public record HttpAnswer(int status, HttpHeaders headers, String body) {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  static HttpAnswer of(HttpResponse<String> response) {
    return new HttpAnswer(response.statusCode(), response.headers(), response.body());
  }

  public JsonNode json() {
    return JSON.readTree(body);
  }

  public String header(String name) {
    return headers.firstValue(name).orElse("");
  }
}
