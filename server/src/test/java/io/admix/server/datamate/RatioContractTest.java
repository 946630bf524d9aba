package io.admix.server.datamate;

import static io.admix.server.datamate.RatioKit.TASKS;
import static io.admix.server.datamate.RatioKit.body;
import static io.admix.server.datamate.RatioKit.create;
import static io.admix.server.datamate.RatioKit.dataset;
import static io.admix.server.datamate.RatioKit.item;
import static io.admix.server.datamate.RatioKit.unique;
import static org.assertj.core.api.Assertions.assertThat;

import io.admix.server.HttpAnswer;
import io.admix.server.HttpForTests;
import io.admix.server.ServerForTests;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** DataMate's four operations, byte by byte; nothing runs that is not awaited. */
class RatioContractTest {
  private static final String BOTH = "io.admix.server.ServerForTests#both";
  private static final String UUID = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";

  @ParameterizedTest
  @MethodSource(BOTH)
  void creating_echoesTheTextsAndTellsTheDraft(ServerForTests server) throws Exception {
    String source = dataset(server, 2);
    HttpAnswer answer =
        server
            .as(unique("mia"))
            .post(
                TASKS,
                """
                {"name":"mix a/b 混合","description":null,"totals":"10","unknown":[1],
                 "config":[{"datasetId":"%s","counts":"+1","more":true,
                   "filterConditions":{"dateRange":["2025-01-01","2025-01-31"],"label":{"label":"x","value":null},"odd":1}},
                  {"datasetId":"%s","counts":" 1_0 ","filterConditions":{}},
                  {"datasetId":"%s","counts":"0","filterConditions":{"dateRange":[],"label":null}}]}
                """
                    .formatted(source, source, source));
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Content-Type")).isEqualTo("application/json");
    assertThat(answer.body())
        .matches(
            ("\\{\"code\":\"0\",\"message\":\"success\",\"data\":\\{\"id\":\"%s\",\"name\":\"mix a/b 混合\",\"description\":null,\"totals\":10,\"status\":\"PENDING\",\"config\":\\["
                    + "\\{\"datasetId\":\"%s\",\"counts\":\"\\+1\",\"filterConditions\":\\{\"dateRange\":\\[\"2025-01-01\",\"2025-01-31\"],\"label\":\\{\"label\":\"x\",\"value\":null}}},"
                    + "\\{\"datasetId\":\"%s\",\"counts\":\" 1_0 \",\"filterConditions\":\\{\"dateRange\":null,\"label\":null}},"
                    + "\\{\"datasetId\":\"%s\",\"counts\":\"0\",\"filterConditions\":\\{\"dateRange\":\\[],\"label\":null}}],"
                    + "\"targetDataset\":\\{\"id\":\"%s\",\"name\":\"mix a/b 混合-20[0-9]{12}\",\"datasetType\":\"TEXT\",\"status\":\"DRAFT\"}}}")
                .formatted(UUID, source, source, source, UUID));
    RatioKit.ended(server.http(), answer.json().get("data").get("id").asString());
  }

  @ParameterizedTest
  @MethodSource(BOTH)
  void details_haveTheStoredFormWithDataMatesSpacing(ServerForTests server) throws Exception {
    HttpForTests mia = server.as(unique("mia"));
    String source = dataset(server, 1);
    String id =
        create(
            mia,
            "mix",
            item(
                source,
                2,
                "{\"dateRange\":[\"2025-01-01\",\"2025-01-03\"],\"label\":{\"label\":\"情\\\"x\",\"value\":\"\"}}"),
            item(source, 0, "{}"),
            item(source, 1, "{\"dateRange\":[],\"label\":{\"label\":null}}"),
            item(source, 1, "{}"));
    RatioKit.ended(mia, id);
    String body = mia.get(TASKS + "/" + id).body();
    assertThat(body)
        .startsWith(
            "{\"code\":\"0\",\"message\":\"success\",\"data\":{\"id\":\"%s\",\"name\":\"mix\",\"description\":null,\"status\":\"COMPLETED\",\"totals\":10,\"config\":["
                .formatted(id))
        .contains(
            "{\"dataset_id\":\"%s\",\"counts\":\"2\",\"filter_conditions\":\"{\\\"date_range\\\": [\\\"2025-01-01\\\", \\\"2025-01-03\\\"], \\\"label\\\": {\\\"label\\\": \\\"\\\\u60c5\\\\\\\"x\\\", \\\"value\\\": \\\"\\\"}}\"},"
                .formatted(source))
        .contains(
            "\"counts\":\"0\",\"filter_conditions\":\"{\\\"date_range\\\": null, \\\"label\\\": null}\"}")
        .contains(
            "\"filter_conditions\":\"{\\\"date_range\\\": [], \\\"label\\\": {\\\"label\\\": null, \\\"value\\\": null}}\"},{\"dataset_id\":\"")
        .containsPattern(
            "\"name\":\"mix-20[0-9]{12}\",\"type\":\"TEXT\",\"status\":\"ACTIVE\",\"file_count\":1,\"size_bytes\":17},"
                + "\"created_at\":\"20[0-9-]{8}T[0-9:]{8}(\\.[0-9]{6})?\",\"updated_at\":\"20[0-9-]{8}T[0-9:]{8}(\\.[0-9]{6})?\",\"state\":\"COMPLETED\"");
  }

  @ParameterizedTest
  @MethodSource(BOTH)
  void theList_isNewestFirstWithSpacesInItsTimes(ServerForTests server) throws Exception {
    HttpForTests mia = server.as(unique("mia"));
    String source = dataset(server, 3);
    String stem = unique("liste");
    List<String> ids = new ArrayList<>();
    for (String name : List.of("one", "two", "three")) {
      ids.add(create(mia, stem + name, item(source, 1, "{}")));
      RatioKit.ended(mia, ids.getLast());
    }
    HttpAnswer answer = mia.get(TASKS + "?page=1&size=2&status=COMPLETED&unknown=1&name=" + stem);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body())
        .startsWith(
            "{\"code\":\"0\",\"message\":\"success\",\"data\":{\"content\":[{\"id\":\""
                + ids.get(2))
        .containsPattern(
            "\"name\":\"%sthree\",\"description\":null,\"status\":\"COMPLETED\",\"totals\":10,\"target_dataset_id\":\"%s\",\"target_dataset_name\":\"%sthree-20[0-9]{12}\",\"created_at\":\"20[0-9-]{8} [0-9:]{8}(\\.[0-9]{6})?\",\"updated_at\":\"20[0-9-]{8} [0-9:]{8}(\\.[0-9]{6})?\","
                .formatted(stem, UUID, stem))
        .endsWith("],\"totalElements\":3,\"totalPages\":2,\"page\":1,\"size\":2}}");
    JsonNode second = mia.get(TASKS + "?page=2&size=2&name=" + stem).json().get("data");
    assertThat(second.get("content").size()).isEqualTo(1);
    assertThat(second.get("content").get(0).get("id").asString()).isEqualTo(ids.getFirst());
    assertThat(
            mia.get(TASKS + "?name=" + stem + "&status=RUNNING")
                .json()
                .get("data")
                .get("totalElements")
                .asInt())
        .isZero();
    assertThat(
            mia.get(TASKS + "?name=" + stem.toUpperCase(Locale.ROOT))
                .json()
                .get("data")
                .get("content")
                .size())
        .as("in its case")
        .isZero();
    JsonNode defaults = mia.get(TASKS + "?name=&status=").json().get("data");
    assertThat(defaults.get("page").asInt()).isEqualTo(1);
    assertThat(defaults.get("size").asInt()).isEqualTo(10);
  }

  @ParameterizedTest
  @MethodSource(BOTH)
  void checks_comeInDataMatesOrder(ServerForTests server) throws Exception {
    HttpForTests mia = server.as(unique("mia"));
    String source = dataset(server, 1);
    RatioKit.ended(mia, create(mia, " mix ", item(source, 1, "{}")));
    error(
        mia.post(TASKS, body("mix", item(source, -1, "{}"), item("no-1", 1, "{}"))),
        422,
        "common.0005",
        "Validation error");
    assertThat(
            mia.post(
                    TASKS,
                    body(
                        "mix", item(source, 1, "{}"), item("no-1", 1, "{}"), item("no-2", 1, "{}")))
                .body())
        .isEqualTo(
            "{\"code\":\"common.0002\",\"message\":\"Resource not found\",\"data\":{\"dataset_id\":\"no-1\"}}");
    String theirs =
        RatioKit.ended(mia, create(mia, "theirs", item(source, 1, "{}")))
            .get("target_dataset")
            .get("id")
            .asString();
    HttpAnswer anothers = server.as(unique("leo")).post(TASKS, body("mine", item(theirs, 1, "{}")));
    assertThat(anothers.status()).isEqualTo(404);
    assertThat(anothers.body())
        .as("another owner's dataset is as one that is not there")
        .isEqualTo(
            "{\"code\":\"common.0002\",\"message\":\"Resource not found\",\"data\":{\"dataset_id\":\"%s\"}}"
                .formatted(theirs));
    HttpAnswer taken = mia.post(TASKS, body("\\u3000mix\\u00a0", item(source, 1, "{}")));
    assertThat(taken.status()).isEqualTo(400);
    assertThat(taken.body())
        .isEqualTo(
            "{\"code\":\"ratio.0003\",\"message\":\"Task already exists\",\"data\":{\"name\":\"mix\"}}");
    assertThat(
            server
                .as(unique("leo"))
                .post(TASKS, body("mix", item(source, 0, "{}"), item(source, 1, "{}")))
                .status())
        .as("another owner's name is free")
        .isEqualTo(200);
  }

  private static void error(HttpAnswer answer, int status, String code, String message) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(status);
    assertThat(answer.header("Content-Type")).isEqualTo("application/json");
    assertThat(answer.json().get("code").asString()).isEqualTo(code);
    assertThat(answer.json().get("message").asString()).isEqualTo(message);
  }

  private static List<String> errors(HttpAnswer answer) {
    error(answer, 422, "common.0005", "Validation error");
    JsonNode data = answer.json().get("data");
    assertThat(data.get("detail").asString()).isNotEmpty();
    List<String> errors = new ArrayList<>();
    data.get("errors").forEach(error -> errors.add(error.asString()));
    return errors;
  }

  @ParameterizedTest
  @MethodSource(BOTH)
  void wrongFields_areAllNamedAtOnce(ServerForTests server) throws Exception {
    HttpForTests http = server.http();
    assertThat(
            errors(
                http.post(
                    TASKS,
                    """
                    {"name":" \\u00a0 ","description":5,"totals":10,"config":[
                      {"datasetId":null,"counts":5,"filterConditions":null},
                      {"datasetId":7,"counts":"x","filterConditions":{"dateRange":["2025-01-31","2025-01-01"],"label":{"value":1}}},
                      {"counts":"-1","filterConditions":{"dateRange":["2025-13-01","2025-01-01"],"label":"y"}},
                      {"datasetId":"a","counts":"1","filterConditions":{"dateRange":["2025-01-01"]}},
                      {"datasetId":"a","counts":"9999999999999","filterConditions":{"dateRange":"2025"}}, 3]}
                    """)))
        .extracting(error -> error.substring(0, error.indexOf(':')))
        .containsExactlyInAnyOrder(
            "name",
            "description",
            "totals",
            "config[0].datasetId",
            "config[0].counts",
            "config[0].filterConditions",
            "config[1].datasetId",
            "config[1].counts",
            "config[1].filterConditions.dateRange",
            "config[1].filterConditions.label.label",
            "config[1].filterConditions.label.value",
            "config[2].datasetId",
            "config[2].counts",
            "config[2].filterConditions.dateRange",
            "config[2].filterConditions.label",
            "config[3].filterConditions.dateRange",
            "config[4].counts",
            "config[4].filterConditions.dateRange",
            "config[5]");
  }

  @ParameterizedTest
  @MethodSource(BOTH)
  void aBodyThatIsNone_isRefused(ServerForTests server) {
    HttpForTests http = server.http();
    for (String body : List.of("", "{", "[]", "null", "3", "{\"name\":NaN}", "{} {}")) {
      assertThat(errors(http.send("POST", TASKS, body, "application/json"))).as(body).isNotEmpty();
    }
    assertThat(errors(http.post(TASKS, "{}")))
        .containsExactly("name: is required", "totals: is required", "config: is required");
    assertThat(errors(http.post(TASKS, "{\"name\":\"x\",\"totals\":\"-1\",\"config\":[]}")))
        .hasSize(2);
    assertThat(errors(http.post(TASKS, body("x".repeat(65), item("a", 1, "{}")))))
        .singleElement()
        .asString()
        .startsWith("name: ");
    assertThat(errors(http.post(TASKS, body("x", item("a", 0, "{}"))))).hasSize(1);
    assertThat(errors(http.post(TASKS, body("a\\u0000", item("a", 1, "{}"))))).isNotEmpty();
    assertThat(errors(http.post(TASKS, body("\\ud800", item("a", 1, "{}"))))).isNotEmpty();
  }

  @ParameterizedTest
  @MethodSource(BOTH)
  void aNameOf64Characters_isTaken(ServerForTests server) throws Exception {
    HttpForTests mia = server.as(unique("mia"));
    String name = "😀".repeat(64);
    RatioKit.ended(mia, create(mia, name, item(dataset(server, 1), 1, "{}")));
    assertThat(mia.get(TASKS).json().get("data").get("content").get(0).get("name").asString())
        .isEqualTo(name);
  }

  @ParameterizedTest
  @MethodSource(BOTH)
  void wrongParameters_areNamed(ServerForTests server) {
    HttpForTests http = server.http();
    assertThat(errors(http.get(TASKS + "?page=0&size=-1"))).hasSize(2);
    assertThat(errors(http.get(TASKS + "?page=x&size=1001&name=%00"))).hasSize(3);
    assertThat(errors(http.get(TASKS + "?page=99999999999"))).hasSize(1);
    assertThat(errors(http.get(RatioKit.DATASETS + "?size=0&keyword=%00"))).hasSize(2);
    assertThat(errors(http.delete(TASKS))).containsExactly("ids: is required");
    assertThat(http.get(TASKS + "?page=2147483647&size=1000").status()).isEqualTo(200);
  }

  @ParameterizedTest
  @MethodSource(BOTH)
  void whatIsNotThere_isToldInTheEnvelope(ServerForTests server) {
    HttpForTests http = server.http();
    assertThat(http.get(TASKS + "/no-such").body())
        .isEqualTo(
            "{\"code\":\"ratio.0001\",\"message\":\"Ratio task not found\",\"data\":{\"task_id\":\"no-such\"}}");
    assertThat(http.get(TASKS + "/no-such").status()).isEqualTo(404);
    error(http.get(TASKS + "/a/b"), 404, "common.0002", "Resource not found");
    HttpAnswer wrong = http.send("PUT", TASKS, "{}", "application/json");
    assertThat(wrong.status()).isEqualTo(405);
    assertThat(wrong.json().get("code").asString()).isNotEqualTo("0");
    error(http.get(RatioKit.DATASETS + "/no-such"), 404, "common.0002", "Resource not found");
  }

  @ParameterizedTest
  @MethodSource(BOTH)
  void deleting_touchesWhatTheCallerSeesOnly(ServerForTests server) throws Exception {
    HttpForTests mia = server.as(unique("mia"));
    HttpForTests leo = server.as(unique("leo"));
    String source = dataset(server, 2);
    String first = create(mia, "one", item(source, 1, "{}"));
    String second = create(mia, "two", item(source, 1, "{}"));
    RatioKit.ended(mia, first);
    RatioKit.ended(mia, second);
    assertThat(leo.get(TASKS + "/" + first).status()).isEqualTo(404);
    assertThat(leo.delete(TASKS + "?ids=" + first + "&ids=").body())
        .isEqualTo("{\"code\":\"0\",\"message\":\"success\",\"data\":\"success\"}");
    JsonNode kept = RatioKit.details(mia, first);
    assertThat(kept.get("id").asString()).isEqualTo(first);
    assertThat(mia.delete(TASKS + "?ids=" + first + "&ids=" + second + "&ids=gone").status())
        .isEqualTo(200);
    assertThat(mia.get(TASKS + "/" + first).status()).isEqualTo(404);
    assertThat(mia.get(TASKS + "/" + second).status()).isEqualTo(404);
    assertThat(
            mia.get(RatioKit.DATASETS + "/" + kept.get("target_dataset").get("id").asString())
                .status())
        .as("a finished task's dataset stays")
        .isEqualTo(200);
    assertThat(create(mia, "one", item(source, 1, "{}"))).as("its name is free").isNotEmpty();
  }

  @ParameterizedTest
  @MethodSource(BOTH)
  void whatSecurityRefuses_isInTheEnvelope(ServerForTests server) {
    HttpForTests evil = server.http().with("Origin", "http://evil.example");
    for (String path : List.of(TASKS, RatioKit.DATASETS + "/x")) {
      HttpAnswer answer = evil.post(path, "{}");
      error(answer, 403, "common.0003", "Forbidden");
      assertThat(answer.json().get("data").get("detail").asString()).isNotEmpty();
    }
    assertThat(evil.post("/api/v1/tasks", "{}").header("Content-Type"))
        .as("elsewhere it is a problem")
        .isEqualTo("application/problem+json");
    HttpAnswer large = server.http().post(TASKS, "x".repeat(5 << 20));
    assertThat(large.status()).isEqualTo(413);
    assertThat(large.json().get("code").asString()).isEqualTo("common.0001");
  }

  /** A task that was asked for by one name is there once, whoever asks how often. */
  @ParameterizedTest
  @MethodSource(BOTH)
  void ofEqualRequestsAtOnce_oneIsTaken(ServerForTests server) throws Exception {
    HttpForTests mia = server.as(unique("mia"));
    String body = body("mix", item(dataset(server, 1), 1, "{}"));
    List<Integer> answers;
    try (var threads = Executors.newFixedThreadPool(8)) {
      List<Callable<Integer>> requests =
          Collections.nCopies(8, () -> mia.post(TASKS, body).status());
      answers = new ArrayList<>();
      for (var answer : threads.invokeAll(requests)) {
        answers.add(answer.get());
      }
    }
    assertThat(answers).containsOnlyOnce(200).containsOnly(200, 400);
    JsonNode tasks = mia.get(TASKS + "?name=mix").json().get("data").get("content");
    RatioKit.ended(mia, tasks.get(0).get("id").asString());
  }

  @ParameterizedTest
  @MethodSource(BOTH)
  void aTaskThatWaitsOrRuns_isCancelledByItsDeletion(ServerForTests server) throws Exception {
    HttpForTests mia = server.as(unique("mia"));
    String source = dataset(server, 30);
    String mix = unique("mix");
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      ids.add(create(mia, mix + i, item(source, 30, "{}")));
    }
    assertThat(mia.delete(TASKS + "?ids=" + String.join("&ids=", ids)).status()).isEqualTo(200);
    assertThat(mia.get(TASKS + "?name=" + mix).json().get("data").get("totalElements").asInt())
        .isZero();
    for (JsonNode dataset :
        mia.get(RatioKit.DATASETS + "?size=100&keyword=" + mix).json().get("data").get("content")) {
      if (!dataset.get("createdBy").asString().equals("system")) {
        assertThat(dataset.get("status").asString())
            .as("what was finished before is published, the rest is gone")
            .isEqualTo("ACTIVE");
      }
    }
  }
}
