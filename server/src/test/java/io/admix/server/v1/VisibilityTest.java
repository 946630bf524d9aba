package io.admix.server.v1;

import static org.assertj.core.api.Assertions.assertThat;

import io.admix.server.ServerForTests;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** What belongs to one owner is not there for another; what is the system's may be seen by all. */
class VisibilityTest {

  @ParameterizedTest
  @MethodSource("io.admix.server.ServerForTests#both")
  void whatIsSomebodyElses_isAnsweredAsWhatIsNotThere(ServerForTests server) {
    ApiClient vera = Kit.as(server, "vera");
    ApiClient paul = Kit.as(server, "paul");
    String source = Kit.name("source");
    String sourceId = vera.registered(source, Kit.folder(server, 2)).get("id").asString();
    JsonNode task = vera.mixed(Kit.recipe(Kit.name("mix"), source, 2));
    String taskId = task.get("id").asString();
    String mixId = task.get("targetDatasetId").asString();
    String planId =
        vera.json(201, vera.post("/plans", Kit.recipe(Kit.name("mix"), source, 2)))
            .get("id")
            .asString();
    String scanId =
        vera.json(202, vera.post("/datasets/" + sourceId + "/rescan", null)).get("id").asString();

    for (String path :
        List.of(
            "/datasets/" + sourceId,
            "/datasets/" + sourceId + "/matches",
            "/datasets/" + sourceId + "/files",
            "/datasets/" + mixId + "/manifest",
            "/datasets/" + mixId + "/origin?path=a",
            "/scans/" + scanId,
            "/plans/" + planId,
            "/tasks/" + taskId,
            "/tasks/" + taskId + "/report",
            "/tasks/" + taskId + "/failures",
            "/tasks/" + taskId + "/events",
            "/lineage?dataset=" + mixId)) {
      String none = path.replaceAll("[0-9a-f-]{36,64}", "00000000-0000-7000-8000-000000000000");
      assertThat(plain(paul.get(path).body(), path))
          .as(path)
          .isEqualTo(plain(paul.get(none).body(), none));
      assertThat(paul.get(path).status()).as(path).isEqualTo(404);
    }
    assertThat(paul.delete("/datasets/" + sourceId).status()).isEqualTo(404);
    assertThat(paul.delete("/scans/" + scanId).status()).isEqualTo(404);
    assertThat(paul.delete("/tasks/" + taskId).status()).isEqualTo(404);
    for (String path :
        List.of(
            "/datasets/" + sourceId + "/rescan",
            "/tasks/" + taskId + "/cancel",
            "/tasks/" + taskId + "/resume")) {
      assertThat(paul.post(path, null).status()).as(path).isEqualTo(404);
    }
    assertThat(paul.post("/tasks", "{\"plan\":\"" + planId + "\"}").status()).isEqualTo(404);
    assertThat(paul.get("/datasets?name=" + source).json().get("total").asInt()).isZero();
    assertThat(paul.get("/tasks?name=" + task.get("name").asString()).json().get("total").asInt())
        .isZero();
    vera.ended(scanId);
    assertThat(vera.get("/datasets/" + sourceId).status()).isEqualTo(200);
  }

  /** The answer without what the caller said himself. */
  private static String plain(String body, String path) {
    String id = path.replaceAll(".*?([0-9a-f-]{36,64}).*", "$1");
    return body.replace(id, "ID");
  }

  @ParameterizedTest
  @MethodSource("io.admix.server.ServerForTests#both")
  void whatIsTheSystems_isSeenByAll_andChangedByNobodyElse(ServerForTests server) {
    ApiClient system = Kit.system(server);
    ApiClient paul = Kit.as(server, "paul");
    String source = Kit.name("shared");
    String id = system.registered(source, Kit.folder(server, 2)).get("id").asString();
    assertThat(paul.get("/datasets/" + id).status()).isEqualTo(200);
    assertThat(paul.delete("/datasets/" + id).status()).isEqualTo(403);
    assertThat(paul.post("/datasets/" + id + "/rescan", null).status()).isEqualTo(403);
    JsonNode task = system.mixed(Kit.recipe(Kit.name("mix"), source, 2));
    String taskId = task.get("id").asString();
    assertThat(paul.get("/tasks/" + taskId).status()).isEqualTo(200);
    assertThat(paul.delete("/tasks/" + taskId).status()).isEqualTo(403);
    assertThat(paul.post("/tasks/" + taskId + "/cancel", null).status()).isEqualTo(403);
    assertThat(paul.mixed(Kit.recipe(Kit.name("mix"), source, 2)).get("owner").asString())
        .isEqualTo("paul");
  }
}
