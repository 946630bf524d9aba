package io.admix.server.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.admix.catalog.Actor;
import io.admix.catalog.Task;
import io.admix.catalog.TaskOrigin;
import io.admix.core.recipe.LinkMethod;
import io.admix.engine.RunMeter;
import io.admix.engine.recipe.RecipeReader;
import io.admix.engine.report.MethodCount;
import io.admix.engine.task.Submission;
import io.admix.files.Sources;
import io.admix.server.HttpAnswer;
import io.admix.server.ServerForTests;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class MetricsTest {
  private static final Pattern NAME = Pattern.compile("(?m)^(admix_[a-z_]+)");
  private static final Pattern DOCUMENTED = Pattern.compile("(?m)^\\| `(admix_[a-z_]+)`");

  @Test
  void theTableOfMetrics_isWhatIsMeasured() throws Exception {
    PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    TaskMeter meter = new TaskMeter();
    meter.register(registry);
    meter.recorded(
        new RunMeter.Batch(
            Map.of(LinkMethod.HARDLINK, new MethodCount(3, 30)),
            Map.of("MISSING", 2),
            Duration.ofMillis(5)));
    String tasks = registry.scrape();
    assertThat(tasks)
        .contains("admix_files_placed_total{method=\"hardlink\"} 3")
        .contains("admix_bytes_placed_total{method=\"hardlink\"} 30")
        .contains("admix_files_failed_total{reason=\"missing\"} 2")
        .contains("admix_batch_seconds_count 1");
    String all = tasks + ServerForTests.sqlite().http().get("/metrics").body();
    TreeSet<String> measured =
        NAME.matcher(all)
            .results()
            .map(MatchResult::group)
            .map(name -> name.replaceAll("^admix_batch_seconds_.*", "admix_batch_seconds"))
            .collect(Collectors.toCollection(TreeSet::new));
    String page = Files.readString(Path.of("..", "docs", "operations.md"));
    assertThat(DOCUMENTED.matcher(page).results().map(m -> m.group(1)).toList())
        .containsExactlyInAnyOrderElementsOf(measured);
  }

  @Test
  void aTaskOfTheService_isCounted() throws Exception {
    ServerForTests server = ServerForTests.sqlite();
    Path folder = Files.createDirectory(server.sources().resolve("metered"));
    for (int i = 0; i < 7; i++) {
      Files.writeString(folder.resolve("f" + i), "x".repeat(11));
    }
    Sources.watch(folder);
    double before = placed(server);
    var recipe =
        RecipeReader.read(
                "name: metered\nlink: [copy]\nsources:\n  - path: " + folder + "\n    count: 7\n",
                folder)
            .recipe();
    String id =
        server
            .admix()
            .background()
            .submit(Actor.SYSTEM, new Submission(recipe, "metered", TaskOrigin.SERVICE, null, null))
            .task()
            .id();
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() ->
            server.admix().background().find(Actor.SYSTEM, id).orElseThrow().status()
                == Task.Status.COMPLETED);
    assertThat(placed(server) - before).isGreaterThanOrEqualTo(7);
  }

  private static double placed(ServerForTests server) {
    HttpAnswer answer = server.http().get("/metrics");
    assertThat(answer.status()).isEqualTo(200);
    return Pattern.compile("(?m)^admix_files_placed_total\\{method=\"copy\"} ([0-9.E]+)")
        .matcher(answer.body())
        .results()
        .findFirst()
        .map(m -> Double.parseDouble(m.group(1)))
        .orElse(0.0);
  }
}
