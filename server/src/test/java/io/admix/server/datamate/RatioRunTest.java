package io.admix.server.datamate;

import static io.admix.server.datamate.RatioKit.DATASETS;
import static io.admix.server.datamate.RatioKit.TASKS;
import static io.admix.server.datamate.RatioKit.create;
import static io.admix.server.datamate.RatioKit.dataset;
import static io.admix.server.datamate.RatioKit.ended;
import static io.admix.server.datamate.RatioKit.item;
import static io.admix.server.datamate.RatioKit.placed;
import static io.admix.server.datamate.RatioKit.unique;
import static org.assertj.core.api.Assertions.assertThat;

import io.admix.files.Sources;
import io.admix.server.HttpForTests;
import io.admix.server.ServerForTests;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** What a ratio task makes. */
class RatioRunTest {
  private static final String BOTH = "io.admix.server.ServerForTests#both";

  private static String tag(String path, String time, String label, String value) {
    return "{\"path\":\"%s\",\"%s\":[\"%s\"],\"tagsUpdatedAt\":\"%s\"}"
        .formatted(path, label, value, time);
  }

  @ParameterizedTest
  @MethodSource(BOTH)
  void overlappingSources_areRefilledUntilNothingIsLeft(ServerForTests server) throws Exception {
    HttpForTests mia = server.as(unique("mia"));
    String source = dataset(server, 11);
    JsonNode task =
        ended(
            mia,
            create(
                mia, "mix", item(source, 5, "{}"), item(source, 5, "{}"), item(source, 5, "{}")));
    assertThat(task.get("status").asString()).isEqualTo("COMPLETED");
    assertThat(new HashSet<>(placed(server, task))).hasSize(11);
    assertThat(task.get("target_dataset").get("file_count").asInt()).isEqualTo(11);
    assertThat(task.get("target_dataset").get("status").asString()).isEqualTo("ACTIVE");
    assertThat(task.get("sources").toString())
        .isEqualTo(
            "[%s,%s,%s]"
                .formatted(
                    given(source, 5, 11, 5), given(source, 5, 11, 5), given(source, 5, 11, 1)));
    assertThat(task.get("progress").get("files").asInt()).isEqualTo(11);
  }

  private static String given(String id, int requested, int available, int achieved) {
    return "{\"dataset_id\":\"%s\",\"requested\":%d,\"available\":%d,\"achieved\":%d}"
        .formatted(id, requested, available, achieved);
  }

  @ParameterizedTest
  @MethodSource(BOTH)
  void equalNames_areNumberedInOneFolder(ServerForTests server) throws Exception {
    HttpForTests mia = server.as(unique("mia"));
    String source =
        dataset(
            server,
            unique("a b"),
            null,
            "x/a.tar.gz",
            "y/a.tar.gz",
            "z/a.tar.gz",
            "x/plain",
            "y/plain");
    JsonNode task = ended(mia, create(mia, "mix", item(source, 9, "{}")));
    assertThat(placed(server, task))
        .containsExactly("a.tar.gz", "a.tar_1.gz", "a.tar_2.gz", "plain", "plain_1");
    Path one =
        server.dataRoot().resolve(task.get("target_dataset").get("id").asString()).resolve("plain");
    assertThat((Integer) Files.getAttribute(one, "unix:nlink")).as("hard links first").isEqualTo(2);
  }

  @ParameterizedTest
  @MethodSource(BOTH)
  void filters_areTheOnesOfDataMateAndMended(ServerForTests server) throws Exception {
    HttpForTests mia = server.as(unique("mia"));
    String source =
        dataset(
            server,
            unique("tagged"),
            List.of(
                tag("a.txt", "2025-01-31T23:59:59.5", "sent", "good"),
                tag("b.txt", "2025-02-01T00:00:00", "sent", "Good"),
                tag("c.txt", "2025-01-01T00:00:00", "topic", "good")),
            "a.txt",
            "b.txt",
            "c.txt",
            "d.txt");
    Map<String, List<String>> expected = new LinkedHashMap<>();
    expected.put(
        "the end day is in, a file without a time is not: {\"dateRange\":[\"2025-01-01\",\"2025-01-31\"]}",
        List.of("a.txt", "c.txt"));
    expected.put(
        "{\"dateRange\":[\"2025-01-31 23:59:59.5\",\"2025-02-01T00:00\"]}",
        List.of("a.txt", "b.txt"));
    expected.put("{\"label\":{\"label\":\"sent\",\"value\":\"good\"}}", List.of("a.txt"));
    expected.put("{\"label\":{\"label\":\"\",\"value\":\"good\"}}", List.of("a.txt", "c.txt"));
    expected.put("{\"label\":{\"label\":\"sent\",\"value\":null}}", List.of("a.txt", "b.txt"));
    expected.put("{\"label\":{\"label\":null}}", List.of("a.txt", "b.txt", "c.txt"));
    expected.put("{\"dateRange\":[],\"label\":null}", List.of("a.txt", "b.txt", "c.txt", "d.txt"));
    expected.put(
        "both must hold: {\"dateRange\":[\"2025-01-01\",\"2025-01-31\"],\"label\":{\"label\":\"topic\"}}",
        List.of("c.txt"));
    Map<String, String> ids = new LinkedHashMap<>();
    for (String conditions : expected.keySet()) {
      String json = conditions.substring(conditions.indexOf('{'));
      ids.put(conditions, create(mia, unique("mix"), item(source, 9, json)));
    }
    for (String conditions : expected.keySet()) {
      assertThat(placed(server, ended(mia, ids.get(conditions))))
          .as(conditions)
          .isEqualTo(expected.get(conditions));
    }
  }

  @ParameterizedTest
  @MethodSource(BOTH)
  void nothingThatMatches_isNoMix(ServerForTests server) throws Exception {
    HttpForTests mia = server.as(unique("mia"));
    JsonNode task =
        ended(
            mia,
            create(mia, "mix", item(dataset(server, 2), 1, "{\"label\":{\"label\":\"none\"}}")));
    assertThat(task.get("status").asString()).isEqualTo("FAILED");
    assertThat(task.get("error").asString()).contains("no file at all can be taken");
    assertThat(task.get("target_dataset").toString())
        .as("nulls and zeros for a dataset that is gone")
        .isEqualTo(
            "{\"id\":null,\"name\":null,\"type\":null,\"status\":null,\"file_count\":0,\"size_bytes\":0}");
  }

  @ParameterizedTest
  @MethodSource(BOTH)
  void aMissingFile_isReplacedOrNothingIsPublished(ServerForTests server) throws Exception {
    HttpForTests mia = server.as(unique("mia"));
    String source = dataset(server, 4);
    Path gone =
        Path.of(
            mia.get(DATASETS + "/" + source).json().get("data").get("targetLocation").asString(),
            "f2.txt");
    Sources.change(gone, () -> Files.delete(gone));
    JsonNode enough = ended(mia, create(mia, "three", item(source, 3, "{}")));
    assertThat(enough.get("status").asString()).isEqualTo("COMPLETED");
    assertThat(placed(server, enough)).containsExactly("f0.txt", "f1.txt", "f3.txt");
    JsonNode tooMany = ended(mia, create(mia, "four", item(source, 4, "{}")));
    assertThat(tooMany.get("status").asString()).isEqualTo("FAILED");
    assertThat(tooMany.get("state").asString()).isEqualTo("FAILED");
    assertThat(tooMany.get("error").asString()).isNotEmpty();
    String target =
        mia.get(TASKS + "?name=four")
            .json()
            .get("data")
            .get("content")
            .get(0)
            .get("target_dataset_id")
            .asString();
    assertThat(server.dataRoot().resolve(target)).doesNotExist();
    assertThat(mia.delete(TASKS + "?ids=" + tooMany.get("id").asString()).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @MethodSource(BOTH)
  void datasets_areToldAsTheOtherServiceTellsThem(ServerForTests server) throws Exception {
    HttpForTests mia = server.as(unique("mia"));
    String name = unique("labels");
    String id =
        dataset(
            server,
            name,
            List.of(
                tag("a.txt", "2025-01-31T00:00:00", "sent", "good"),
                tag("b.txt", "2025-01-31T00:00:00", "sent", "good")),
            "a.txt",
            "b.txt",
            "c.txt");
    String shown =
        "\"id\":\"%s\",\"name\":\"%s\",\"description\":null,\"datasetType\":\"TEXT\",\"status\":\"ACTIVE\",\"tags\":\\[],\"retentionDays\":0,\"dataSource\":null,\"targetLocation\":\"[^\"]+\",\"fileCount\":3,\"totalSize\":48,\"completionRate\":null,\"createdAt\":\"20[0-9T:.-]+\",\"updatedAt\":\"20[0-9T:.-]+\",\"createdBy\":\"system\",\"updatedBy\":\"system\",\"distribution\":"
            .formatted(id, name);
    assertThat(mia.get(DATASETS + "/" + id).body())
        .matches(
            "\\{\"code\":\"0\",\"message\":\"success\",\"data\":\\{"
                + shown
                + "\\{\"sent\":\\{\"good\":2}},\"pvcName\":null}}");
    assertThat(mia.get(DATASETS + "?page=1&size=10&type=TEXT&status=ACTIVE&keyword=" + name).body())
        .matches(
            "\\{\"code\":\"0\",\"message\":\"success\",\"data\":\\{\"page\":1,\"size\":10,\"totalElements\":1,\"totalPages\":1,\"content\":\\[\\{"
                + shown
                + "\\{},\"pvcName\":null}]}}");
    assertThat(
            mia.get(DATASETS + "?type=IMAGE&keyword=" + name)
                .json()
                .get("data")
                .get("content")
                .size())
        .isZero();
  }
}
