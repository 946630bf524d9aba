package io.admix.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ServerStartTest {

  @ParameterizedTest
  @MethodSource("io.admix.server.ServerForTests#both")
  void anUnknownPath_isAProblemWithoutStackTrace(ServerForTests server) {
    HttpAnswer answer = server.http().get("/nowhere");
    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(answer.json().get("status").asInt()).isEqualTo(404);
  }

  @ParameterizedTest
  @MethodSource("io.admix.server.ServerForTests#both")
  void theDescriptionOfTheApi_isServed(ServerForTests server) {
    HttpAnswer answer = server.http().get("/v3/api-docs");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().get("openapi").asString()).startsWith("3.");
  }
}
