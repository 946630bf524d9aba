package io.admix.server.pages.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import io.admix.files.Sources;
import io.admix.server.HttpAnswer;
import io.admix.server.HttpForTests;
import io.admix.server.ServerForTests;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The doors of the pages of tasks: what they refuse, and what they tell nobody else. */
class TaskDoorsTest {
  private static final String FORM = "application/x-www-form-urlencoded";
  private static final List<String> CHANGES = List.of("cancel", "resume", "delete", "again");

  @Test
  void anotherOwner_findsNothingAndChangesNothing() throws Exception {
    ServerForTests server = ServerForTests.sqlite();
    Mixing mixing = new Mixing(server);
    String id = mixing.submit(mixing.recipe("secret", mixing.folder("secret", 1), 2));
    String made = mixing.ended(id, "COMPLETED").get("targetDatasetId").asString();
    HttpForTests other = new Mixing(server).http.with("Accept", "text/html");
    for (String part : List.of("", "/now", "/failures", "/labels", "/ask?what=delete")) {
      assertNothing(other.get("/tasks/" + id + part), mixing);
    }
    assertNothing(other.get("/datasets/" + made + "/lineage"), mixing);
    for (String change : CHANGES) {
      assertNothing(other.send("POST", "/tasks/" + id + "/" + change, "name=x", FORM), mixing);
    }
    assertThat(other.get("/tasks").body()).doesNotContain(mixing.name("secret"));
    assertThat(mixing.http.get("/api/v1/tasks/" + id).status()).isEqualTo(200);
    assertThat(mixing.http.get("/api/v1/tasks").json().get("total").asInt()).isGreaterThan(0);
    assertThat(mixing.http.get("/tasks").body()).contains(mixing.name("secret"));
  }

  @Test
  void aTaskOfTheSystem_isShownToAll_andChangedByNobodyElse() throws Exception {
    ServerForTests server = ServerForTests.sqlite();
    Mixing mixing = new Mixing(server);
    String recipe = mixing.recipe("shared", mixing.folder("shared", 1), 2);
    String id = Mixing.json(202, server.http().post("/api/v1/tasks", recipe)).get("id").asString();
    mixing.ended(id, "COMPLETED");
    HttpForTests http = mixing.http.with("Accept", "text/html");
    assertThat(http.get("/tasks/" + id).body())
        .contains("Completed", "id=\"again\"")
        .doesNotContain("id=\"delete\"");
    for (String change : List.of("cancel", "resume", "delete")) {
      assertThat(http.send("POST", "/tasks/" + id + "/" + change, "", FORM).status())
          .as(change)
          .isEqualTo(403);
    }
    assertThat(http.get("/tasks/" + id).status()).isEqualTo(200);
  }

  private static void assertNothing(HttpAnswer answer, Mixing owners) {
    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.body()).doesNotContain(owners.owner);
  }

  @Test
  void whatAnAddressHolds_isShownAsText_andWhatNobodyKnowsDoesNotNarrow() {
    HttpForTests http = new Mixing(ServerForTests.sqlite()).http;
    String evil = "\"><script>alert(1)</script>{0}'";
    String address =
        "/tasks?name=" + URLEncoder.encode(evil, StandardCharsets.UTF_8) + "&state=none&page=-1";
    HttpAnswer answer = http.get(address);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body()).doesNotContain("<script>alert").contains("&lt;script>alert(1)");
    assertThat(http.get("/tasks?state=failed&origin=x&page=999999999").status()).isEqualTo(200);
    assertThat(http.get("/tasks/rows?page=1000000").status()).isEqualTo(200);
  }

  @Test
  void aChangeNeedsTheTokenOfItsPage_andWhatDataMateLeftIsShownOnly() throws Exception {
    try (ServerForTests server = ServerForTests.start()) {
      String token = Files.readString(server.home().resolve("server-token")).strip();
      String cookie =
          server.http().get("/sign-in?token=" + token).header("Set-Cookie").split(";")[0];
      HttpForTests browser =
          server.http().with("Cookie", cookie).with("Origin", server.base().toString());
      assertThat(browser.get("/tasks").body()).contains("No task yet");

      leaveOne(server.home());
      String list = browser.get("/tasks").body();
      assertThat(list).contains("Left by DataMate itself", "begun-elsewhere");
      assertThat(browser.get("/tasks?name=nothing").body()).doesNotContain("begun-elsewhere");
      assertThat(browser.get("/tasks/theirs").status()).isEqualTo(404);

      HttpForTests program = server.http().with("Authorization", "Bearer " + token);
      String id = task(program, server.sources());
      for (String change : CHANGES) {
        String address = "/tasks/" + id + "/" + change;
        assertThat(browser.send("POST", address, "name=x", FORM).status()).isEqualTo(403);
        assertThat(browser.send("POST", address, "name=x&_csrf=wrong", FORM).status())
            .isEqualTo(403);
      }
      assertThat(program.get("/api/v1/tasks/" + id).status()).isEqualTo(200);
      assertThat(program.get("/api/v1/tasks").json().get("total").asInt()).isEqualTo(1);

      String csrf = browser.get("/session").json().get("csrfToken").asString();
      HttpAnswer deleted =
          browser.send(
              "POST",
              "/tasks/" + id + "/delete",
              "_csrf=" + URLEncoder.encode(csrf, StandardCharsets.UTF_8),
              FORM);
      assertThat(deleted.status()).isEqualTo(303);
      assertThat(deleted.header("Location")).isEqualTo("/tasks");
      assertThat(program.get("/api/v1/tasks/" + id).status()).isEqualTo(404);
      // The server takes its folders away.
      Sources.release(server.sources().resolve("few"));
    }
  }

  /** As DataMate itself writes one. */
  private static void leaveOne(Path home) throws Exception {
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + home.resolve("catalog.db"));
        Statement statement = connection.createStatement()) {
      statement.executeUpdate(
          "INSERT INTO t_st_ratio_instances (id, name, status, totals, created_by) VALUES ('theirs', 'begun-elsewhere', 'PENDING', 100, 'system')");
    }
  }

  private static String task(HttpForTests program, Path sources) throws Exception {
    Path folder = Files.createDirectories(sources.resolve("few"));
    Files.writeString(folder.resolve("a.txt"), "a");
    Sources.watch(folder);
    JsonNode task =
        Mixing.json(
            202,
            program.post(
                "/api/v1/tasks",
                "{\"name\":\"few\",\"sources\":[{\"path\":\"%s\",\"count\":1}]}"
                    .formatted(folder)));
    String id = task.get("id").asString();
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(() ->
            program.get("/api/v1/tasks/" + id).json().get("status").asString().equals("COMPLETED"));
    return id;
  }
}
