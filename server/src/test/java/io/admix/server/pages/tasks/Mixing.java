package io.admix.server.pages.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import io.admix.files.Sources;
import io.admix.server.HttpAnswer;
import io.admix.server.HttpForTests;
import io.admix.server.ServerForTests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;

/** Tasks of one owner, whom nobody else is, on a shared server. */
final class Mixing {
  private static final AtomicInteger NEXT = new AtomicInteger();

  final ServerForTests server;
  final String owner = "tasks-" + NEXT.incrementAndGet();
  final HttpForTests http;

  Mixing(ServerForTests server) {
    this.server = server;
    this.http = server.as(owner);
  }

  /** A name that nobody else uses. */
  String name(String what) {
    return owner + "-" + what;
  }

  /** A watched folder with files in {@code high} and {@code low}, so many in each. */
  Path folder(String what, int files) throws IOException {
    Path folder = server.sources().resolve(name(what));
    for (String sub : new String[] {"high", "low"}) {
      Path into = Files.createDirectories(folder.resolve(sub));
      for (int i = 0; i < files; i++) {
        Files.writeString(into.resolve("f%03d.txt".formatted(i)), sub + i);
      }
    }
    return Sources.watch(folder);
  }

  /** Registers a folder, with its sub-folders as labels. */
  String dataset(String what, int files) throws IOException {
    Path folder = folder(what, files);
    JsonNode scan =
        json(
            202,
            http.post(
                "/api/v1/datasets",
                "{\"name\":\"%s\",\"path\":\"%s\",\"type\":\"TEXT\",\"labelsFromFolders\":true}"
                    .formatted(name(what), folder)));
    String address = "/api/v1/scans/" + scan.get("id").asString();
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(20))
        .until(() -> json(200, http.get(address)).get("state").asString().equals("DONE"));
    return name(what);
  }

  /** A recipe that takes so many files of a folder. */
  String recipe(String what, Path folder, int files) {
    return "{\"name\":\"%s\",\"seed\":42,\"sources\":[{\"name\":\"notes\",\"path\":\"%s\",\"count\":%d}]}"
        .formatted(name(what), folder, files);
  }

  /** Asks for the mix; its task's id. */
  String submit(String body) {
    return json(202, http.post("/api/v1/tasks", body)).get("id").asString();
  }

  /** Waits for the end of a task, which must be this one. */
  JsonNode ended(String taskId, String status) {
    JsonNode task =
        Awaitility.await()
            .atMost(Duration.ofSeconds(60))
            .pollInterval(Duration.ofMillis(20))
            .until(() -> json(200, http.get("/api/v1/tasks/" + taskId)), Mixing::isOver);
    assertThat(task.get("status").asString()).as(task + "").isEqualTo(status);
    return task;
  }

  /** Waits until so many files of a task are recorded as placed. */
  void placed(String taskId, int files) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(20))
        .until(() -> json(200, http.get("/api/v1/tasks/" + taskId)).get("files").asInt() == files);
  }

  private static boolean isOver(JsonNode task) {
    return !task.get("status").asString().equals("PENDING")
        && !task.get("status").asString().equals("RUNNING");
  }

  /** A task that is stopped by a file that went after it was planned: it can go on. */
  Stopped stopped(String what) throws Exception {
    Path folder = folder(what + "-source", 5);
    JsonNode plan = json(201, http.post("/api/v1/plans", recipe(what, folder, 10)));
    Path gone = folder.resolve("high/f003.txt");
    Path aside = server.sources().resolve(name(what + "-aside"));
    Sources.change(gone, () -> Files.move(gone, aside));
    String id = submit("{\"plan\":\"%s\"}".formatted(plan.get("id").asString()));
    ended(id, "FAILED");
    return new Stopped(id, gone, aside);
  }

  /** Brings its file back. */
  record Stopped(String id, Path gone, Path aside) {
    void mend() throws Exception {
      Sources.change(gone, () -> Files.move(aside, gone));
    }
  }

  static JsonNode json(int status, HttpAnswer answer) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(status);
    return answer.json();
  }
}
