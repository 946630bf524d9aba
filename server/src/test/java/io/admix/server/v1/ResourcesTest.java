package io.admix.server.v1;

import static org.assertj.core.api.Assertions.assertThat;

import io.admix.server.HttpAnswer;
import io.admix.server.ServerForTests;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** Each resource from its making to its end; every answer is held against the description. */
class ResourcesTest {

  @ParameterizedTest
  @MethodSource("io.admix.server.ServerForTests#both")
  void aDataset_isRegisteredShownCountedReadAgainAndRemoved(ServerForTests server)
      throws Exception {
    ApiClient api = Kit.as(server, "dora");
    Path folder = Kit.folder(server, 5);
    String name = Kit.name("dataset");
    HttpAnswer begun =
        api.post(
            "/datasets",
            "{\"name\":\"%s\",\"path\":\"%s\",\"labelsFromFolders\":true,\"checksum\":true}"
                .formatted(name, folder));
    assertThat(begun.status()).isEqualTo(202);
    String scan = begun.json().get("id").asString();
    assertThat(begun.header("Location")).isEqualTo("/api/v1/scans/" + scan);
    JsonNode dataset = api.ended(scan).at("/result/dataset");
    String id = dataset.get("id").asString();
    assertThat(dataset.get("files").asInt()).isEqualTo(10);
    assertThat(dataset.get("owner").asString()).isEqualTo("dora");

    JsonNode listed = api.json(200, api.get("/datasets?name=" + name));
    assertThat(listed.at("/datasets/0/id").asString()).isEqualTo(id);
    assertThat(listed.get("total").asInt()).isEqualTo(1);
    JsonNode shown = api.json(200, api.get("/datasets/" + id));
    assertThat(shown.at("/labels/folder/high").asInt()).isEqualTo(5);

    assertThat(api.json(200, api.get("/datasets/" + id + "/matches")).get("files").asInt())
        .isEqualTo(10);
    assertThat(
            api.json(
                    200,
                    api.get(
                        "/datasets/" + id + "/matches?label=folder&value=high&exclude=**/f000.txt"))
                .get("files")
                .asInt())
        .isEqualTo(4);
    assertThat(
            api.json(200, api.get("/datasets/" + id + "/matches?modifiedUntil=2001-01-01"))
                .get("files")
                .asInt())
        .isZero();

    JsonNode first = api.json(200, api.get("/datasets/" + id + "/files?size=7"));
    assertThat(first.get("files").size()).isEqualTo(7);
    String next =
        java.net.URLEncoder.encode(
            first.get("next").asString(), java.nio.charset.StandardCharsets.UTF_8);
    JsonNode second = api.json(200, api.get("/datasets/" + id + "/files?size=7&after=" + next));
    assertThat(second.get("files").size()).isEqualTo(3);
    assertThat(second.get("next").isNull()).isTrue();

    io.admix.files.Sources.made(folder, Files.writeString(folder.resolve("high/new.txt"), "new"));
    JsonNode again = api.json(202, api.post("/datasets/" + id + "/rescan", null));
    assertThat(api.ended(again.get("id").asString()).at("/result/dataset/files").asInt())
        .isEqualTo(11);
    assertThat(api.json(200, api.get("/datasets/" + id)).at("/labels/folder/high").asInt())
        .as("the new file has the label of its folder")
        .isEqualTo(6);
    assertThat(api.json(200, api.get("/scans")).get("total").asInt()).isGreaterThanOrEqualTo(2);
    assertThat(api.json(200, api.delete("/scans/" + scan)).get("state").asString())
        .isEqualTo("DONE");

    JsonNode removed = api.json(200, api.delete("/datasets/" + id));
    assertThat(removed.get("removed").asString()).isEqualTo(name);
    assertThat(api.get("/datasets/" + id).status()).isEqualTo(404);
    assertThat(folder.resolve("high/new.txt")).exists();
  }

  @ParameterizedTest
  @MethodSource("io.admix.server.ServerForTests#both")
  void aMix_isPlannedMadeFromThePlanReportedAndTraced(ServerForTests server) throws Exception {
    ApiClient api = Kit.as(server, "mira");
    String source = Kit.name("source");
    api.registered(source, Kit.folder(server, 5));
    String name = Kit.name("mix");
    HttpAnswer planned = api.post("/plans", Kit.recipe(name, source, 6));
    JsonNode plan = api.json(201, planned);
    String planId = plan.get("id").asString();
    assertThat(planned.header("Location")).isEqualTo("/api/v1/plans/" + planId);
    assertThat(plan.at("/sources/0/achieved").asInt()).isEqualTo(6);
    assertThat(api.json(200, api.get("/plans/" + planId)).at("/plan/sha256"))
        .isEqualTo(plan.at("/plan/sha256"));

    HttpAnswer begun = api.post("/tasks?taskName=nightly", "{\"plan\":\"" + planId + "\"}");
    JsonNode task = api.json(202, begun);
    String id = task.get("id").asString();
    assertThat(begun.header("Location")).isEqualTo("/api/v1/tasks/" + id);
    assertThat(task.get("taskName").asString()).isEqualTo("nightly");
    assertThat(task.get("targetDatasetId")).isEqualTo(plan.get("datasetId"));
    JsonNode done = api.awaited(id, "COMPLETED");
    assertThat(done.at("/report/target/files").asInt()).isEqualTo(6);
    assertThat(done.at("/report/concurrency").asString()).contains("workers");
    assertThat(done.at("/report/plan/sha256")).isEqualTo(plan.at("/plan/sha256"));
    assertThat(api.json(200, api.get("/tasks/" + id + "/report"))).isEqualTo(done.get("report"));
    assertThat(api.json(200, api.get("/tasks/" + id + "/failures")).get("total").asInt()).isZero();
    assertThat(api.json(200, api.get("/tasks?name=NIGHT&status=COMPLETED")).get("total").asInt())
        .isEqualTo(1);

    String dataset = done.get("targetDatasetId").asString();
    HttpAnswer manifest = api.get("/datasets/" + dataset + "/manifest");
    assertThat(manifest.header("Content-Type")).isEqualTo("application/x-ndjson");
    List<String> lines = manifest.body().lines().toList();
    assertThat(lines.size()).isGreaterThanOrEqualTo(6);
    JsonNode entry =
        lines.stream()
            .map(line -> tools.jackson.databind.json.JsonMapper.shared().readTree(line))
            .filter(node -> node.has("path") && node.get("path").asString().endsWith(".txt"))
            .findFirst()
            .orElseThrow();
    JsonNode origin =
        api.json(
            200, api.get("/datasets/" + dataset + "/origin?path=" + entry.get("path").asString()));
    assertThat(origin.get("sourceDataset").asString()).isEqualTo(source);
    assertThat(api.get("/datasets/" + dataset + "/origin?path=none.txt").status()).isEqualTo(404);

    JsonNode graph = api.json(200, api.get("/lineage?dataset=" + dataset));
    assertThat(graph.get("nodes").size()).isEqualTo(2);
    assertThat(graph.at("/edges/0/taskId").asString()).isEqualTo(id);

    assertThat(api.json(200, api.delete("/tasks/" + id)).get("deleted").asString()).isEqualTo(id);
    assertThat(api.get("/tasks/" + id).status()).isEqualTo(404);
    JsonNode gone = api.json(200, api.delete("/datasets/" + dataset + "?files=true"));
    assertThat(gone.get("filesDeleted").asInt()).isEqualTo(6);
  }

  @ParameterizedTest
  @MethodSource("io.admix.server.ServerForTests#both")
  void aRecipeInYaml_isMadeLikeTheSameInJson(ServerForTests server) {
    ApiClient api = Kit.as(server, "yara");
    String source = Kit.name("source");
    api.registered(source, Kit.folder(server, 3));
    for (String type : List.of("application/yaml", "application/x-yaml", "text/yaml")) {
      String yaml =
          "name: %s\nseed: 7\nsources:\n  - dataset: %s\n    count: 2\n"
              .formatted(Kit.name("yaml"), source);
      JsonNode task = api.json(202, api.send("POST", "/tasks", yaml, type + ";charset=utf-8"));
      assertThat(
              api.awaited(task.get("id").asString(), "COMPLETED")
                  .at("/report/target/files")
                  .asInt())
          .isEqualTo(2);
    }
  }

  @ParameterizedTest
  @MethodSource("io.admix.server.ServerForTests#both")
  void theSystem_tellsWhatItSees_andExaminesARoot(ServerForTests server) {
    ApiClient api = Kit.system(server);
    JsonNode system = api.json(200, api.get("/system"));
    assertThat(system.get("dataRoot").asString()).isEqualTo(server.dataRoot().toString());
    assertThat(system.at("/concurrency/reasons").asString()).contains("workers");
    assertThat(system.at("/queue/bound").asInt()).isPositive();
    String root = system.at("/allowedRoots/0").asString();
    JsonNode doctor = api.json(200, api.post("/system/doctor", "{\"source\":\"" + root + "\"}"));
    assertThat(doctor.at("/access/name").asString()).isNotEmpty();
    String below = Kit.folder(server, 1).toString();
    assertThat(api.post("/system/doctor", "{\"source\":\"" + below + "\"}").status())
        .isEqualTo(200);
    for (String other :
        List.of("/etc", root + "/none", "sources", server.home().toString(), root + "/../home")) {
      JsonNode problem =
          api.json(422, api.post("/system/doctor", "{\"source\":\"" + other + "\"}"));
      assertThat(problem.at("/errors/0/field").asString()).as(other).isEqualTo("source");
    }
    JsonNode mixes =
        api.json(422, api.post("/system/doctor", "{\"source\":\"" + server.dataRoot() + "\"}"));
    assertThat(mixes.get("detail").asString()).contains("holds the mixes of this service");
  }

  @ParameterizedTest
  @MethodSource("io.admix.server.ServerForTests#both")
  void sourcesThatLackFiles_areNamedAsShortages(ServerForTests server) {
    ApiClient api = Kit.as(server, "nora");
    String source = Kit.name("source");
    api.registered(source, Kit.folder(server, 2));
    JsonNode problem = api.json(422, api.post("/plans", Kit.recipe(Kit.name("mix"), source, 100)));
    assertThat(problem.get("type").asString()).isEqualTo("urn:admix:problem:infeasible");
    assertThat(problem.at("/shortages/0/available").asInt()).isEqualTo(4);
  }
}
