package io.admix.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The command as operators use it. */
class ServeProcessTest {
  @TempDir Path folder;

  @Test
  void itTellsWhereItIs_signsIn_refusesAPortThatIsTaken_andStopsOnSigterm() throws Exception {
    try (ServeProcess serve = ServeProcess.start(folder, "--port", "0")) {
      String told = ServeProcess.text(serve.until(serve.err(), "data root").err());
      String address = told.lines().findFirst().orElseThrow().split(" ")[3];
      String token = Files.readString(folder.resolve("home/server-token")).strip();
      assertThat(told)
          .contains("Admix serves at http://127.0.0.1:", "security   token")
          .contains("home       " + folder.resolve("home"))
          .contains("data root  " + folder.resolve("home/data"))
          .contains("sign in    " + address + "/sign-in?token=" + token);
      HttpForTests http = new HttpForTests(URI.create(address), List.of());
      assertThat(http.get("/health/ready").json().get("status").asString()).isEqualTo("UP");
      assertThat(http.get("/sign-in?token=" + token).status()).isEqualTo(303);
      String port = address.substring(address.lastIndexOf(':') + 1);
      refused(
          List.of("--port", port, "--home", folder.resolve("other").toString()), 2, "port " + port);
      serve.signal("TERM");
      assertThat(serve.exitCode()).isEqualTo(143);
      assertThat(ServeProcess.text(serve.out())).isEmpty();
      assertThat(ServeProcess.text(serve.err())).doesNotContain("Exception", "\tat ");
    }
  }

  @Test
  void itsLogIsJsonWhereAskedFor_withoutTheToken_andCtrlCStopsIt() throws Exception {
    try (ServeProcess serve =
        ServeProcess.start(folder, "--port", "0", "--json", "-c", "admix.log.format=ecs")) {
      JsonNode told =
          JsonMapper.shared().readTree(ServeProcess.text(serve.until(serve.out(), "}").out()));
      assertThat(told.propertyNames())
          .containsExactly("address", "security", "home", "database", "dataRoot");
      String token = Files.readString(folder.resolve("home/server-token")).strip();
      HttpForTests http =
          new HttpForTests(
              URI.create(told.get("address").asString()),
              List.of("Authorization", "Bearer " + token));
      assertThat(http.delete("/api/v1/tasks/none").status()).isGreaterThanOrEqualTo(400);
      assertThat(http.delete("/api/v1/tasks/none%0Aforged").status()).isEqualTo(400);
      serve.signal("INT");
      assertThat(serve.exitCode()).isEqualTo(130);
      List<String> lines = ServeProcess.text(serve.err()).lines().toList();
      assertThat(lines)
          .isNotEmpty()
          .allSatisfy(line -> assertThat(JsonMapper.shared().readTree(line).isObject()).isTrue());
      assertThat(String.join("\n", lines)).contains("who=system").doesNotContain(token);
    }
  }

  @Test
  void aSettingOrDatabaseThatIsWrong_isToldInWords() throws Exception {
    refused(
        List.of("--port", "http", "-c", "admix.security.mode=oidc"),
        2,
        "admix.server.port = http",
        "admix.security.oidc.issuer");
    refused(List.of("--db", "jdbc:postgresql://127.0.0.1:1/x?connectTimeout=2"), 1, "127.0.0.1:1");
  }

  private void refused(List<String> arguments, int code, String... words) throws Exception {
    try (ServeProcess serve = ServeProcess.start(folder, arguments.toArray(String[]::new))) {
      assertThat(serve.exitCode()).isEqualTo(code);
      String told = ServeProcess.text(serve.err());
      assertThat(told).contains(words).doesNotContain("Exception", "\tat ");
      assertThat(told.lines()).allMatch(line -> line.startsWith("admix: "));
    }
  }
}
