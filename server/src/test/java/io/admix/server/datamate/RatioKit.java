package io.admix.server.datamate;

import static org.awaitility.Awaitility.await;

import io.admix.engine.dataset.DatasetService.AddRequest;
import io.admix.engine.dataset.DatasetService.Checksums;
import io.admix.engine.dataset.DatasetService.FolderLabels;
import io.admix.files.Sources;
import io.admix.server.HttpAnswer;
import io.admix.server.HttpForTests;
import io.admix.server.ServerForTests;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/** Datasets and ratio tasks on a server, by the paths of DataMate. */
final class RatioKit {
  static final String TASKS = "/api/synthesis/ratio-task";
  static final String DATASETS = "/api/data-management/datasets";

  private RatioKit() {}

  /** A name that nobody else has. */
  static String unique(String stem) {
    return stem + "-" + UUID.randomUUID().toString().substring(0, 8);
  }

  /** Registers {@code files} files {@code f0.txt}… for everybody and tells the dataset's id. */
  static String dataset(ServerForTests server, int files) throws Exception {
    return dataset(
        server,
        unique("source"),
        null,
        IntStream.range(0, files).mapToObj(i -> "f" + i + ".txt").toArray(String[]::new));
  }

  /** Registers files of these paths, with lines of a tags file, for everybody. */
  static String dataset(ServerForTests server, String name, List<String> tags, String... paths)
      throws Exception {
    Path folder = server.sources().resolve(unique("folder"));
    for (String path : paths) {
      Path file = folder.resolve(path);
      Files.createDirectories(file.getParent());
      Files.writeString(file, "content of " + path);
    }
    Sources.watch(folder);
    server.admix().background().start();
    Path lines = null;
    if (tags != null) {
      lines = Files.write(server.sources().resolve(unique("tags") + ".jsonl"), tags);
    }
    return server
        .admix()
        .datasets()
        .add(
            new AddRequest(name, folder, "TEXT", lines, FolderLabels.NONE, Checksums.SHA256),
            (step, done, total) -> {})
        .dataset()
        .id();
  }

  /** One source of a request. */
  static String item(String datasetId, int counts, String conditions) {
    return "{\"datasetId\":\"%s\",\"counts\":\"%d\",\"filterConditions\":%s}"
        .formatted(datasetId, counts, conditions);
  }

  static String body(String name, String... items) {
    return "{\"name\":\"%s\",\"totals\":\"10\",\"config\":[%s]}"
        .formatted(name, String.join(",", items));
  }

  /** Creates a task and tells its id. */
  static String create(HttpForTests http, String name, String... items) {
    HttpAnswer answer = http.post(TASKS, body(name, items));
    if (answer.status() != 200) {
      throw new AssertionError(answer.body());
    }
    return answer.json().get("data").get("id").asString();
  }

  static JsonNode details(HttpForTests http, String id) {
    return http.get(TASKS + "/" + id).json().get("data");
  }

  /** Waits until the task is over and tells its details. */
  static JsonNode ended(HttpForTests http, String id) {
    return await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(50))
        .until(
            () -> details(http, id),
            task -> List.of("COMPLETED", "FAILED").contains(task.get("status").asString()));
  }

  /** Names of the files in a task's target folder. */
  static List<String> placed(ServerForTests server, JsonNode task) throws Exception {
    Path folder = server.dataRoot().resolve(task.get("target_dataset").get("id").asString());
    try (var files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
