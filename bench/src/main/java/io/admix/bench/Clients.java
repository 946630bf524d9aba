package io.admix.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Clients of the service that create, read, cancel and delete small mixes for as long as one task
 * runs: {@code Clients BASE CLIENTS TASK DATASET}, the token in {@code ADMIX_TOKEN}. Prints how
 * long reads and changes took and everything that was no answer that a client should get; ends with
 * 1 when there is such a thing.
 */
public final class Clients {
  private static final Pattern ID = Pattern.compile("\"id\":\"([^\"]+)\"");
  private static final Pattern DATASET = Pattern.compile("\"targetDatasetId\":\"([^\"]+)\"");

  /** What a client does with one mix may end in these; everything else is an error. */
  private static final List<Integer> CREATED = List.of(202);

  private static final List<Integer> READ = List.of(200);
  private static final List<Integer> CANCELLED = List.of(200, 202, 409);
  private static final List<Integer> DELETED = List.of(200);

  /** The dataset of a mix that was cancelled in time is not there. */
  private static final List<Integer> REMOVED = List.of(200, 404);

  private final HttpClient http = HttpClient.newHttpClient();
  private final URI base;
  private final String token;
  private final String task;
  private final String dataset;
  private final Map<String, Queue<Long>> microseconds = new ConcurrentHashMap<>();
  private final Queue<String> errors = new ConcurrentLinkedQueue<>();
  private volatile boolean isOver;

  private Clients(URI base, String token, String task, String dataset) {
    this.base = base;
    this.token = token;
    this.task = task;
    this.dataset = dataset;
  }

  public static void main(String[] args) throws InterruptedException {
    Clients clients =
        new Clients(URI.create(args[0]), System.getenv("ADMIX_TOKEN"), args[2], args[3]);
    int count = Integer.parseInt(args[1]);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < count; i++) {
        threads.submit(clients::live);
      }
      clients.watch();
    }
    clients.microseconds.forEach(Clients::print);
    System.out.println("errors=" + clients.errors.size());
    clients.errors.stream().limit(20).forEach(System.out::println);
    System.exit(clients.errors.isEmpty() ? 0 : 1);
  }

  private static void print(String kind, Queue<Long> times) {
    long[] sorted = times.stream().mapToLong(Long::longValue).sorted().toArray();
    System.out.printf(
        "%s count=%d p50_ms=%.1f p99_ms=%.1f most_ms=%.1f%n",
        kind,
        sorted.length,
        sorted[sorted.length / 2] / 1e3,
        sorted[(int) ((sorted.length - 1) * 0.99)] / 1e3,
        Arrays.stream(sorted).max().orElse(0) / 1e3);
  }

  private void watch() throws InterruptedException {
    while (!isOver) {
      String now = ask("watch", "GET", "/api/v1/tasks/" + task, null, READ);
      isOver = !isUnfinished(now);
      TimeUnit.MILLISECONDS.sleep(100);
    }
  }

  private static boolean isUnfinished(String task) {
    return task.contains("\"status\":\"RUNNING\"") || task.contains("\"status\":\"PENDING\"");
  }

  /** One client: mix after mix, each read, most cancelled, all deleted. */
  private void live() {
    for (int round = 0; !isOver; round++) {
      String name = "load-" + UUID.randomUUID();
      String begun =
          ask(
              "change",
              "POST",
              "/api/v1/tasks",
              "{\"name\":\"%s\",\"seed\":1,\"sources\":[{\"dataset\":\"%s\",\"count\":5}]}"
                  .formatted(name, dataset),
              CREATED);
      Matcher id = ID.matcher(begun);
      if (!id.find()) {
        return;
      }
      String address = "/api/v1/tasks/" + id.group(1);
      for (String path :
          List.of(
              address,
              "/api/v1/tasks?pageSize=20",
              "/api/v1/tasks/" + task,
              "/api/v1/datasets?pageSize=20",
              "/api/v1/datasets/" + dataset,
              address + "/failures",
              "/api/v1/system")) {
        ask("read", "GET", path, null, READ);
      }
      if (round % 4 != 3) {
        ask("change", "POST", address + "/cancel", "", CANCELLED);
      }
      // One that is about to be published can neither be cancelled nor deleted.
      while (isUnfinished(ask("read", "GET", address, null, READ))) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
      }
      ask("change", "DELETE", address, null, DELETED);
      Matcher made = DATASET.matcher(begun);
      if (made.find()) {
        ask("change", "DELETE", "/api/v1/datasets/" + made.group(1) + "?files=true", null, REMOVED);
      }
    }
  }

  private String ask(
      String kind, String method, String path, @Nullable String body, List<Integer> expected) {
    HttpRequest.BodyPublisher sent =
        body == null
            ? HttpRequest.BodyPublishers.noBody()
            : HttpRequest.BodyPublishers.ofString(body);
    HttpRequest request =
        HttpRequest.newBuilder(base.resolve(path))
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/json")
            .timeout(Duration.ofSeconds(120))
            .method(method, sent)
            .build();
    long begun = System.nanoTime();
    try {
      HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
      microseconds
          .computeIfAbsent(kind, k -> new ConcurrentLinkedQueue<>())
          .add((System.nanoTime() - begun) / 1_000);
      if (!expected.contains(answer.statusCode())) {
        errors.add(method + " " + path + " answered " + answer.statusCode() + " " + answer.body());
      }
      return answer.body();
    } catch (IOException | InterruptedException e) {
      errors.add(method + " " + path + " failed: " + e);
      return "";
    }
  }
}
