package io.admix.server.v1;

import static org.assertj.core.api.Assertions.assertThat;

import io.admix.server.HttpAnswer;
import io.admix.server.HttpForTests;
import java.time.Duration;
import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;

/** A client that holds every answer against the description. */
record ApiClient(HttpForTests http) {
  static final String ROOT = "/api/v1";

  ApiClient with(String header, String value) {
    return new ApiClient(http.with(header, value));
  }

  HttpAnswer get(String path) {
    return send("GET", path, null, null);
  }

  HttpAnswer post(String path, String json) {
    return send("POST", path, json, json == null ? null : "application/json");
  }

  HttpAnswer delete(String path) {
    return send("DELETE", path, null, null);
  }

  HttpAnswer send(String method, String path, String body, String type) {
    HttpAnswer answer = http.send(method, ROOT + path, body, type);
    Description.check(method, ROOT + path, answer);
    return answer;
  }

  /** The answer in JSON, which must be of this status. */
  JsonNode json(int status, HttpAnswer answer) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(status);
    return answer.json();
  }

  /** Registers a folder and waits for the dataset. */
  JsonNode registered(String name, java.nio.file.Path folder) {
    JsonNode scan =
        json(
            202,
            post(
                "/datasets",
                "{\"name\":\"%s\",\"path\":\"%s\",\"type\":\"TEXT\",\"labelsFromFolders\":true}"
                    .formatted(name, folder)));
    return ended(scan.get("id").asString()).at("/result/dataset");
  }

  /** The scan once it has ended, which must be well. */
  JsonNode ended(String scanId) {
    JsonNode ended =
        Awaitility.await()
            .atMost(Duration.ofSeconds(60))
            .pollInterval(Duration.ofMillis(20))
            .until(
                () -> json(200, get("/scans/" + scanId)),
                scan -> !scan.get("state").asString().equals("RUNNING"));
    assertThat(ended.get("state").asString()).as(ended + "").isEqualTo("DONE");
    return ended;
  }

  /** The task once it is in this state, or over. */
  JsonNode awaited(String taskId, String status) {
    JsonNode task =
        Awaitility.await()
            .atMost(Duration.ofSeconds(60))
            .pollInterval(Duration.ofMillis(20))
            .until(
                () -> json(200, get("/tasks/" + taskId)),
                t ->
                    t.get("status").asString().equals(status)
                        || t.get("phase").asString().equals("DONE")
                        || t.get("status").asString().equals("FAILED"));
    assertThat(task.get("status").asString()).as(task + "").isEqualTo(status);
    return task;
  }

  /** Makes a mix and waits for it. */
  JsonNode mixed(String recipe) {
    JsonNode task = json(202, post("/tasks", recipe));
    return awaited(task.get("id").asString(), "COMPLETED");
  }
}
