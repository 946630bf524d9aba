package io.admix.server.v1;

import static org.assertj.core.api.Assertions.assertThat;

import io.admix.server.HttpAnswer;
import io.admix.server.HttpForTests;
import io.admix.server.ServerForTests;
import java.nio.file.Files;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What holds of every address: conditions, methods, forms, pages, keys. */
class HttpBehaviourTest {
  private final ServerForTests server = ServerForTests.sqlite();
  private final ApiClient api = Kit.as(server, "hans");
  private final HttpForTests http = server.as("hans");
  private String source;
  private String sourceId;

  @BeforeEach
  void registerADataset() {
    source = Kit.name("source");
    sourceId = api.registered(source, Kit.folder(server, 2)).get("id").asString();
  }

  @Test
  void whatTheCallerHasAlready_isNotSentAgain() {
    JsonNode task = api.mixed(Kit.recipe(Kit.name("mix"), source, 2));
    String taskId = task.get("id").asString();
    String plan =
        api.json(201, api.post("/plans", Kit.recipe(Kit.name("mix"), source, 2)))
            .get("id")
            .asString();
    for (String path :
        List.of(
            "/datasets",
            "/datasets/" + sourceId,
            "/datasets/" + task.get("targetDatasetId").asString() + "/manifest",
            "/tasks",
            "/tasks/" + taskId,
            "/tasks/" + taskId + "/report",
            "/plans/" + plan,
            "/lineage?dataset=" + sourceId)) {
      String tag = api.get(path).header("ETag");
      assertThat(tag).as(path).matches("\"[^\"]+\"");
      HttpAnswer again = api.with("If-None-Match", tag).get(path);
      assertThat(again.status()).as(path).isEqualTo(304);
      assertThat(again.body()).as(path).isEmpty();
      assertThat(api.with("If-None-Match", "\"other\"").get(path).status()).isEqualTo(200);
    }
  }

  @Test
  void aChangeOfWhatHasChangedSince_isRefused() {
    String tag = api.get("/datasets/" + sourceId).header("ETag");
    ApiClient stale = api.with("If-Match", "\"stale\"");
    HttpAnswer refused = stale.delete("/datasets/" + sourceId);
    assertThat(refused.status()).isEqualTo(412);
    assertThat(refused.json().at("/errors/0/field").asString()).isEqualTo("If-Match");
    assertThat(stale.post("/datasets/" + sourceId + "/rescan", null).status()).isEqualTo(412);
    String task = api.mixed(Kit.recipe(Kit.name("mix"), source, 2)).get("id").asString();
    assertThat(stale.delete("/tasks/" + task).status()).isEqualTo(412);
    assertThat(stale.post("/tasks/" + task + "/cancel", null).status()).isEqualTo(412);
    assertThat(stale.post("/tasks/" + task + "/resume", null).status()).isEqualTo(412);
    assertThat(api.with("If-Match", tag).delete("/datasets/" + sourceId).status()).isEqualTo(200);
    assertThat(
            api.with("If-Match", api.get("/tasks/" + task).header("ETag"))
                .delete("/tasks/" + task)
                .status())
        .isEqualTo(200);
  }

  @Test
  void everyAddress_tellsItsMethods_andRefusesOthers() {
    for (Description.Operation operation : Description.operations()) {
      String path = operation.path().replaceAll("\\{[^}]+}", "x");
      List<String> known =
          Description.operations().stream()
              .filter(o -> o.path().equals(operation.path()))
              .map(Description.Operation::method)
              .toList();
      HttpAnswer options = http.send("OPTIONS", path, null, null);
      assertThat(options.status()).as(path).isEqualTo(200);
      assertThat(List.of(options.header("Allow").split(","))).as(path).containsAll(known);
      HttpAnswer put = http.send("PUT", path, "{}", "application/json");
      assertThat(put.status()).as(path).isEqualTo(405);
      assertThat(List.of(put.header("Allow").split(", "))).as(path).containsAll(known);
      assertThat(put.header("Content-Type")).isEqualTo("application/problem+json");
    }
  }

  @Test
  void aHead_isAGetWithoutBody() {
    for (String path : List.of("/datasets", "/datasets/" + sourceId, "/tasks", "/system")) {
      HttpAnswer head = http.send("HEAD", ApiClient.ROOT + path, null, null);
      assertThat(head.status()).as(path).isEqualTo(200);
      assertThat(head.body()).isEmpty();
      assertThat(head.header("ETag")).isEqualTo(api.get(path).header("ETag"));
    }
    String task = api.mixed(Kit.recipe(Kit.name("mix"), source, 2)).get("id").asString();
    HttpAnswer events =
        http.send("HEAD", ApiClient.ROOT + "/tasks/" + task + "/events", null, null);
    assertThat(events.status()).isEqualTo(200);
    assertThat(events.header("Content-Type")).startsWith("text/event-stream");
  }

  @Test
  void aFormThatIsNotHad_isRefusedWithThoseThatAre() {
    HttpAnswer html = api.with("Accept", "text/html").get("/datasets");
    assertThat(html.status()).isEqualTo(406);
    assertThat(html.json().get("detail").asString()).contains("application/json");
    assertThat(api.with("Accept", "application/*;q=0.5").get("/datasets").status()).isEqualTo(200);
    for (String type :
        List.of("text/plain", "application/xml", "application/json;charset=utf-16")) {
      HttpAnswer answer = api.send("POST", "/datasets", "{}", type);
      assertThat(answer.status()).as(type).isEqualTo(415);
      assertThat(answer.json().at("/errors/0/field").asString()).isEqualTo("Content-Type");
    }
    assertThat(api.send("POST", "/datasets", "{}", "nonsense").status()).isEqualTo(415);
    String dataset =
        api.mixed(Kit.recipe(Kit.name("mix"), source, 2)).get("targetDatasetId").asString();
    assertThat(
            api.with("Accept", "application/jsonl")
                .get("/datasets/" + dataset + "/manifest")
                .header("Content-Type"))
        .isEqualTo("application/jsonl");
  }

  @Test
  void aBodyThatIsTooLarge_isRefused() {
    String large = "{\"name\":\"" + "x".repeat(Bodies.BYTES_MAX) + "\"}";
    for (String path : List.of("/datasets", "/plans", "/tasks", "/system/doctor")) {
      assertThat(api.post(path, large).status()).as(path).isEqualTo(413);
    }
  }

  @Test
  void whatIsNotThere_isAProblemInJson() {
    HttpAnswer none = http.get("/api/v1/nowhere");
    assertThat(none.status()).isEqualTo(404);
    assertThat(none.json().get("type").asString()).isEqualTo("urn:admix:problem:not-found");
    for (String path :
        List.of(
            "/datasets/none",
            "/datasets/none/matches",
            "/datasets/none/files",
            "/datasets/none/manifest",
            "/datasets/none/origin?path=a",
            "/scans/none",
            "/plans/none",
            "/tasks/none",
            "/tasks/none/report",
            "/tasks/none/failures",
            "/tasks/none/events",
            "/lineage?dataset=none")) {
      assertThat(api.get(path).status()).as(path).isEqualTo(404);
    }
    for (String path : List.of("/datasets/none", "/scans/none", "/tasks/none")) {
      assertThat(api.delete(path).status()).as(path).isEqualTo(404);
    }
    for (String path :
        List.of("/datasets/none/rescan", "/tasks/none/cancel", "/tasks/none/resume")) {
      assertThat(api.post(path, null).status()).as(path).isEqualTo(404);
    }
  }

  @Test
  void pages_leadToOneAnother() {
    String prefix = Kit.name("paged");
    for (int i = 0; i < 5; i++) {
      api.registered(prefix + "-" + i, Kit.folder(server, 1));
    }
    String at = "/datasets?name=" + prefix + "&pageSize=2";
    int pages = 0;
    int items = 0;
    while (at != null) {
      HttpAnswer answer = api.get(at);
      assertThat(answer.header("X-Total-Count")).isEqualTo("5");
      assertThat(answer.json().get("total").asInt()).isEqualTo(5);
      items += answer.json().get("datasets").size();
      pages++;
      String links = answer.header("Link");
      assertThat(links).contains("rel=\"first\"").contains("rel=\"last\"");
      var next = java.util.regex.Pattern.compile("<([^>]+)>; rel=\"next\"").matcher(links);
      at = next.find() ? next.group(1).substring(ApiClient.ROOT.length()) : null;
      assertThat(links.contains("rel=\"prev\"")).isEqualTo(pages > 1);
    }
    assertThat(pages).isEqualTo(3);
    assertThat(items).isEqualTo(5);
    HttpAnswer beyond = api.get("/datasets?name=" + prefix + "&pageSize=2&page=900");
    assertThat(beyond.json().get("datasets").isEmpty()).isTrue();
    assertThat(beyond.header("Link")).contains("page=3&pageSize=2>; rel=\"prev\"");
  }

  @Test
  void aRequestThatIsSentTwice_makesOneTask() {
    String recipe = Kit.recipe(Kit.name("once"), source, 2);
    ApiClient keyed = api.with("Idempotency-Key", UUID.randomUUID().toString());
    HttpAnswer first = keyed.post("/tasks", recipe);
    assertThat(first.status()).as(first.body()).isEqualTo(202);
    assertThat(first.header("Idempotency-Replayed")).isEmpty();
    HttpAnswer second = keyed.post("/tasks", recipe);
    assertThat(second.status()).isEqualTo(202);
    assertThat(second.header("Idempotency-Replayed")).isEqualTo("true");
    assertThat(second.header("Location")).isEqualTo(first.header("Location"));
    HttpAnswer other = keyed.post("/tasks", Kit.recipe(Kit.name("other"), source, 2));
    assertThat(other.status()).isEqualTo(422);
    assertThat(other.json().get("type").asString()).isEqualTo("urn:admix:problem:key-reused");
    assertThat(other.json().at("/errors/0/field").asString()).isEqualTo("Idempotency-Key");
    for (String bad : List.of("x".repeat(129), "\"\"", "a b", "\"a\"b\"")) {
      HttpAnswer refused = api.with("Idempotency-Key", bad).post("/tasks", recipe);
      assertThat(refused.status()).as(bad).isEqualTo(400);
      assertThat(refused.json().at("/errors/0/field").asString()).isEqualTo("Idempotency-Key");
    }
    api.awaited(first.json().get("id").asString(), "COMPLETED");
  }

  @Test
  void aRequestWithAPlan_isKnownAgain_whenThePlanIsGone() throws Exception {
    String plan =
        api.json(201, api.post("/plans", Kit.recipe(Kit.name("planned"), source, 2)))
            .get("id")
            .asString();
    String body = "{\"plan\":\"" + plan + "\"}";
    ApiClient keyed = api.with("Idempotency-Key", UUID.randomUUID().toString());
    HttpAnswer first = keyed.post("/tasks", body);
    assertThat(first.status()).as(first.body()).isEqualTo(202);
    api.awaited(first.json().get("id").asString(), "COMPLETED");
    Files.delete(server.admix().settings().stateDir().resolve("plans/" + plan + ".jsonl"));
    HttpAnswer second = keyed.post("/tasks", body);
    assertThat(second.status()).as(second.body()).isEqualTo(202);
    assertThat(second.header("Idempotency-Replayed")).isEqualTo("true");
    assertThat(second.header("Location")).isEqualTo(first.header("Location"));
    assertThat(api.post("/tasks", body).status()).as("without the key").isEqualTo(404);
  }

  @Test
  void aNameThatIsTaken_isAConflict() {
    String recipe = Kit.recipe(source, source, 2);
    assertThat(api.post("/tasks", recipe).status()).isEqualTo(409);
    assertThat(
            api.post(
                    "/datasets",
                    "{\"name\":\"%s\",\"path\":\"%s\"}".formatted(source, Kit.folder(server, 1)))
                .status())
        .isEqualTo(409);
  }
}
