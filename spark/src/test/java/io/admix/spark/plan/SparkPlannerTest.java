package io.admix.spark.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.admix.catalog.Catalog;
import io.admix.catalog.CatalogSettings;
import io.admix.catalog.FileWriter;
import io.admix.catalog.NewFile;
import io.admix.engine.Admix;
import io.admix.engine.export.Exports;
import io.admix.engine.place.LazyStore;
import io.admix.engine.plan.PlanException;
import io.admix.engine.plan.PlanProgress;
import io.admix.engine.plan.PlanRequest;
import io.admix.engine.plan.Planner;
import io.admix.engine.recipe.RecipeReader;
import io.admix.engine.settings.SettingsInput;
import io.admix.engine.settings.SettingsLoader;
import io.admix.files.Sources;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.apache.spark.executor.TaskMetrics;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plans by a Spark session of two threads against plans of one machine: the same bytes. */
class SparkPlannerTest {
  private static final int FILES = 300;
  private static SparkSession session;

  @TempDir Path temporary;
  private Path root;
  private Admix admix;
  private Catalog catalog;

  @BeforeAll
  static void begin() {
    session =
        SparkSession.builder().master("local[2]").config("spark.ui.enabled", "false").getOrCreate();
  }

  @AfterAll
  static void end() throws Exception {
    session.close();
  }

  @BeforeEach
  void open() throws Exception {
    root = temporary.toRealPath();
    admix = Admix.open(SettingsLoader.load(SettingsInput.forHome(root.resolve("home"))));
    catalog = Catalog.open(settings());
    register("d", FILES);
    register("d-x", 40);
  }

  private CatalogSettings settings() throws Exception {
    try (Stream<Path> files = Files.walk(root.resolve("home"))) {
      Path database = files.filter(f -> f.toString().endsWith(".db")).findFirst().orElseThrow();
      return new CatalogSettings(
          "jdbc:sqlite:" + database, null, null, ZoneId.of("UTC"), Clock.systemUTC());
    }
  }

  @AfterEach
  void close() {
    catalog.close();
    admix.close();
  }

  private void register(String name, int files) throws Exception {
    Path folder = Files.createDirectories(root.resolve("data").resolve(name));
    try (FileWriter writer = catalog.datasets().register(name, folder.toString(), "TEXT")) {
      for (int i = 0; i < files; i++) {
        String path =
            "d" + i % 9 + "/s" + i % 4 + "/" + (i % 3 == 0 ? "x" + i % 30 : "y_" + i % 25);
        path = path.replace("/s", "/" + i + "s");
        Path file = folder.resolve(path);
        if (i % 10 > 0) {
          Files.createDirectories(file.getParent());
          Files.write(file, new byte[i % 5]);
        }
        writer.add(
            new NewFile(
                path,
                i % 5,
                Instant.ofEpochSecond(1_700_000_000L + i, 1_000),
                null,
                i % 2 == 0 ? null : tags(i % 4 == 1 ? "high" : "low"),
                i % 7 == 0 ? null : Instant.ofEpochSecond(1_600_000_000L + i * 86_400L),
                null));
      }
      writer.commit();
    }
    Sources.watch(folder);
  }

  private static String tags(String value) {
    return "[{\"type\":\"choices\",\"from_name\":\"quality\",\"values\":{\"choices\":[\"%s\"]}}]"
        .formatted(value);
  }

  /** Overlapping sources with filters; less than half is taken, so that parts are read twice. */
  private static String recipe(String layout, String total, String shortage) {
    return """
    name: m
    seed: 11
    total: %s
    layout: %s
    on-shortage: %s
    on-error: replace
    sources:
      - {dataset: d, weight: 3, label: {name: quality, values: [high]}}
      - {dataset: d-x, weight: 1, exclude: ['d1/**']}
      - {dataset: d, weight: 2, tagged: {since: 2020-10-01}}
      - {path: data/folder, weight: 1}
    """
        .formatted(total, layout, shortage);
  }

  private Path export(String name, long rowsPerPart) throws Exception {
    Path folder = root.resolve(name);
    admix
        .exports()
        .export(
            new Exports.Request(folder, List.of(), Exports.Existing.KEEP, rowsPerPart),
            (step, dataset, rows, of) -> {});
    return folder;
  }

  private PlanRequest request(String yaml) {
    return new PlanRequest(
        RecipeReader.read(yaml, root).recipe(), root, root.resolve("target"), ZoneId.of("UTC"));
  }

  private String alone(String yaml) throws Exception {
    Path file = root.resolve("alone.plan");
    new Planner(
            catalog,
            admix.access(),
            new LazyStore(admix.settings().s3().store()),
            root.resolve("scratch"))
        .plan(request(yaml), file, PlanProgress.SILENT);
    return Files.readString(file, StandardCharsets.UTF_8);
  }

  private String spread(String yaml, Path export) throws Exception {
    Path file = root.resolve("spread.plan");
    Path scratch = root.resolve("scratch");
    new SparkPlanner(session::sparkContext, admix, export, null)
        .plan(request(yaml), scratch, file, PlanProgress.SILENT);
    try (Stream<Path> left = Files.list(scratch)) {
      assertThat(left).as("left in the scratch folder").isEmpty();
    }
    return Files.readString(file, StandardCharsets.UTF_8);
  }

  @Test
  void plansOfAnExport_areThoseOfOneMachine_inHoweverManyParts_andNoRowIsShuffled()
      throws Exception {
    for (int i = 0; i < 20; i++) {
      Path file = root.resolve("data/folder/f" + i);
      Files.createDirectories(file.getParent());
      Files.write(file, new byte[i]);
    }
    Sources.watch(root.resolve("data/folder"));
    AtomicLong shuffled = new AtomicLong();
    AtomicLong tasks = new AtomicLong();
    SparkListener listener = new Shuffles(tasks, shuffled);
    session.sparkContext().addSparkListener(listener);
    String[] recipes = {
      recipe("by-source", "60", "fail"),
      recipe("flat", "60", "redistribute"),
      recipe("sharded", "max", "take-all"),
      recipe("flat", "400", "take-all"),
      recipe("by-source", "90", "fail"),
    };
    int[] rowsPerPart = {10_000, 151, 101, 43, 5};
    for (int i = 0; i < recipes.length; i++) {
      Path export = export("export-" + i, rowsPerPart[i]);
      assertThat(spread(recipes[i], export))
          .as("%d rows to a part, %s", rowsPerPart[i], recipes[i])
          .isEqualTo(alone(recipes[i]));
    }
    session.sparkContext().removeSparkListener(listener);
    assertThat(tasks.get()).as("tasks that the listener heard of").isGreaterThan(100);
    assertThat(shuffled.get()).as("bytes written to shuffles").isZero();
  }

  private static final class Shuffles extends SparkListener {
    private final AtomicLong tasks;
    private final AtomicLong bytes;

    Shuffles(AtomicLong tasks, AtomicLong bytes) {
      this.tasks = tasks;
      this.bytes = bytes;
    }

    @Override
    public void onTaskEnd(SparkListenerTaskEnd end) {
      TaskMetrics metrics = end.taskMetrics();
      if (metrics != null) {
        tasks.incrementAndGet();
        bytes.addAndGet(metrics.shuffleWriteMetrics().bytesWritten());
      }
    }
  }

  @Test
  void anExportThatIsDamagedOrOld_isRefusedByName_andNothingIsMade() throws Exception {
    String yaml = "name: m\nseed: 1\nsources:\n  - {dataset: d, count: 5}\n";
    Path half = Files.createDirectories(root.resolve("half"));
    assertThatThrownBy(() -> spread(yaml, half))
        .isInstanceOf(PlanException.class)
        .hasMessageContaining(half.toString());

    Path damaged = export("damaged", 50);
    try (Stream<Path> files = Files.walk(damaged)) {
      Path part =
          files
              .filter(f -> f.toString().contains("part-00001") && f.toString().endsWith(".parquet"))
              .toList()
              .stream()
              .filter(f -> f.toString().contains(catalog.datasets().find("d").orElseThrow().id()))
              .findFirst()
              .orElseThrow();
      byte[] bytes = Files.readAllBytes(part);
      bytes[bytes.length / 2] ^= 1;
      Files.write(part, bytes);
    }
    assertThatThrownBy(() -> spread(yaml, damaged))
        .isInstanceOf(PlanException.class)
        .hasMessageContaining("part-00001.parquet")
        .hasMessageContaining("the plan was not made");

    Path old = export("old", 50);
    catalog.datasets().find("d-x").ifPresent(catalog.datasets()::remove);
    register("d-x", 41);
    assertThatThrownBy(
            () -> spread("name: m\nseed: 1\nsources:\n  - {dataset: d-x, count: 5}\n", old))
        .isInstanceOf(PlanException.class)
        .hasMessageContaining("dataset `d-x` is not in the export")
        .hasMessageContaining("admix dataset export");
    assertThat(root.resolve("spread.plan")).doesNotExist();
  }
}
