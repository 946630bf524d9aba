package io.admix.server.v1;

import static org.assertj.core.api.Assertions.assertThat;

import io.admix.server.HttpAnswer;
import io.admix.server.ServerForTests;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.awaitility.Awaitility;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/**
 * Many clients at once while a larger mix is made: the short form of {@code bench/bench.py
 * serve-load}.
 */
class LoadTest {
  private static final int CLIENTS = 25;

  private final Queue<Long> reads = new ConcurrentLinkedQueue<>();

  @ParameterizedTest
  @MethodSource("io.admix.server.ServerForTests#both")
  void manyClientsAtOnce_getTheAnswersThatOneWouldGet(ServerForTests server) throws Exception {
    ApiClient large = Kit.as(server, "large");
    String source = Kit.name("large");
    large.registered(source, Kit.folder(server, 500));
    String small = Kit.name("small");
    Kit.system(server).registered(small, Kit.folder(server, 2));
    JsonNode task = large.json(202, large.post("/tasks", Kit.recipe(Kit.name("mix"), source, 900)));
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        ApiClient api = Kit.as(server, "client-" + i);
        all.add(threads.submit(() -> live(api, small)));
      }
      for (Future<?> one : all) {
        one.get();
      }
    }
    JsonNode done = large.awaited(task.get("id").asString(), "COMPLETED");
    assertThat(done.at("/report/target/files").asInt()).isEqualTo(900);
    long[] sorted = reads.stream().mapToLong(Long::longValue).sorted().toArray();
    System.out.printf(
        "%s: %d reads of %d clients, p99 %.1f ms%n",
        server, sorted.length, CLIENTS, sorted[(int) ((sorted.length - 1) * 0.99)] / 1e6);
  }

  private static boolean isUnfinished(JsonNode task) {
    return List.of("PENDING", "RUNNING").contains(task.get("status").asString());
  }

  private void live(ApiClient api, String dataset) {
    HttpAnswer begun = api.post("/tasks", Kit.recipe(Kit.name("load"), dataset, 2));
    String task = "/tasks/" + api.json(202, begun).get("id").asString();
    for (String path :
        List.of(task, "/tasks", "/datasets/" + dataset, task + "/failures", "/system")) {
      long from = System.nanoTime();
      api.json(200, api.get(path));
      reads.add(System.nanoTime() - from);
    }
    assertThat(api.post(task + "/cancel", null).status()).isIn(200, 202, 409);
    // One that is about to be published can neither be cancelled nor deleted.
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(20))
        .until(() -> !isUnfinished(api.json(200, api.get(task))));
    assertThat(api.delete(task).status()).isEqualTo(200);
    assertThat(api.get(task).status()).isEqualTo(404);
  }
}
