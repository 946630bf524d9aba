package io.admix.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Requests that no controller can read: refused in the words of their door, never a 500. */
class UnreadableRequestTest {
  private static final String TASKS = "/api/synthesis/ratio-task";
  private final ServerForTests server = ServerForTests.sqlite();

  /** Headers in Latin-1; \u0085 is one of the characters that the firewall refuses. */
  private String answer(String method, String address, String... headers) {
    String[] lines = new String[headers.length + 3];
    lines[0] = method + " " + address + " HTTP/1.1";
    lines[1] = "Host: localhost";
    lines[2] = "X-None: none";
    System.arraycopy(headers, 0, lines, 3, headers.length);
    return RawHttp.send(server.base(), RawHttp.lines(lines));
  }

  @Test
  void parametersThatCannotBeRead_areRefusedInDataMatesEnvelope() {
    for (String query : new String[] {"name=%zz", "name=%FF", "page=%zz", "a&".repeat(1001)}) {
      assertThat(answer("GET", TASKS + "?" + query))
          .as(query)
          .startsWith("HTTP/1.1 422")
          .contains("common.0005", "The parameters cannot be read");
    }
    assertThat(answer("DELETE", TASKS + "?ids=%FF"))
        .startsWith("HTTP/1.1 422")
        .contains("common.0005");
  }

  @Test
  void headersWithControlCharacters_areRefusedInTheShapeOfTheDoor() {
    for (String header : new String[] {"Last-Event-ID", "Accept", "If-None-Match"}) {
      assertThat(answer("GET", "/api/v1/tasks/none/events", header + ": a\u0085"))
          .as(header)
          .containsPattern("^HTTP/1.1 4")
          .contains("urn:admix:problem:");
    }
    assertThat(answer("DELETE", "/api/v1/tasks/none", "If-Match: a\u0085"))
        .containsPattern("^HTTP/1.1 40[04]")
        .contains("urn:admix:problem:");
    assertThat(
            answer(
                "POST",
                "/api/v1/tasks",
                "Idempotency-Key: a\u0085",
                "Content-Type: application/json",
                "Content-Length: 0"))
        .containsPattern("^HTTP/1.1 4");
    assertThat(answer("GET", "/session", "Accept: a\u0085"))
        .startsWith("HTTP/1.1 400")
        .contains("application/problem+json");
    assertThat(answer("GET", "/session", "User: a\u0085"))
        .startsWith("HTTP/1.1 400")
        .contains("or a header holds characters");
  }

  @Test
  void anAddressInPercents_isAnsweredAsTheSameAddressWithout() {
    assertThat(answer("GET", "/api/synthesis/ratio%2Dtask/none"))
        .startsWith("HTTP/1.1 404")
        .contains("ratio.0001");
    assertThat(answer("GET", "/api/%761/tasks/none"))
        .startsWith("HTTP/1.1 404")
        .contains("urn:admix:problem:not-found");
  }
}
