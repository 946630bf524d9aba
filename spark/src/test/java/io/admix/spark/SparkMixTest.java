package io.admix.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.admix.engine.Admix;
import io.admix.engine.StopSignal;
import io.admix.engine.dataset.DatasetService;
import io.admix.engine.export.Exports;
import io.admix.engine.recipe.RecipeReader;
import io.admix.engine.report.RunReport;
import io.admix.engine.run.RunProgress;
import io.admix.engine.settings.SettingsInput;
import io.admix.engine.settings.SettingsLoader;
import io.admix.files.Sources;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole mixes by a Spark session of two threads. */
class SparkMixTest {
  private static SparkSession session;

  @TempDir Path temporary;
  private Path root;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @BeforeAll
  static void begin() {
    session =
        SparkSession.builder().master("local[2]").config("spark.ui.enabled", "false").getOrCreate();
  }

  @AfterAll
  static void end() throws IOException {
    session.close();
  }

  @BeforeEach
  void makeSources() throws IOException {
    root = temporary.toRealPath();
    for (String name : List.of("java", "python")) {
      for (int i = 0; i < 120; i++) {
        Path file = root.resolve(name).resolve("d" + i / 10).resolve("f" + i + ".txt");
        Files.createDirectories(file.getParent());
        Files.writeString(file, name + i);
      }
      Sources.watch(root.resolve(name));
    }
  }

  private Path recipe(String name, String more) throws IOException {
    return Files.writeString(
        root.resolve(name + ".yaml"),
        """
        name: %s
        seed: 7
        total: 100
        target: out/%s
        %s
        sources:
          - {name: java, path: java, weight: 3}
          - {name: python, path: python, weight: 2}
        """
            .formatted(name, name, more));
  }

  private int run(String... arguments) {
    return run(Map.of(), () -> session.sparkContext(), arguments);
  }

  private int run(
      Map<String, String> environment,
      java.util.function.Supplier<SparkContext> sessions,
      String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.add("--home");
    all.add(root.resolve("home").toString());
    return new Main(environment, root, stream(out), stream(err), sessions, new StopSignal())
        .run(all);
  }

  private static PrintStream stream(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }

  private String told() {
    return err.toString(StandardCharsets.UTF_8);
  }

  private Admix admix() throws Exception {
    return Admix.open(SettingsLoader.load(SettingsInput.forHome(root.resolve("home"))));
  }

  private static TreeSet<String> files(Path folder) throws IOException {
    try (Stream<Path> walk = Files.walk(folder)) {
      return new TreeSet<>(
          walk.filter(Files::isRegularFile).map(f -> folder.relativize(f).toString()).toList());
    }
  }

  @Test
  void aMixMadeByExecutors_isTheOneThatOneMachineMakes() throws Exception {
    assertThat(run(recipe("spread", "link: [copy]").toString())).as(told()).isZero();
    try (Admix admix = admix()) {
      assertThat(admix.mixes().verify("spread").isClean()).isTrue();
      assertThat(admix.mixes().verify("spread").ok()).isEqualTo(100);
      RunReport alone =
          admix
              .mixes()
              .run(
                  RecipeReader.read(recipe("alone", "link: [copy]")),
                  OptionalLong.empty(),
                  RunProgress.Listener.SILENT,
                  new StopSignal());
      assertThat(files(root.resolve("out/alone"))).isEqualTo(files(root.resolve("out/spread")));
      RunReport spread =
          admix
              .mixes()
              .report(
                  admix.mixes().tasks().stream()
                      .filter(t -> t.name().equals("spread"))
                      .findFirst()
                      .orElseThrow());
      assertThat(spread.plan()).isEqualTo(alone.plan());
      assertThat(spread.sources()).isEqualTo(alone.sources());
      assertThat(spread.methods()).isEqualTo(alone.methods());
      assertThat(spread.concurrency()).contains("executors of Spark");
    }
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("spread: published, 100 files", "java: 60 files", "python: 40 files");
    try (Stream<Path> left = Files.list(root.resolve("out"))) {
      assertThat(left.map(p -> p.getFileName().toString()))
          .containsExactlyInAnyOrder("spread", "alone");
    }
    assertThat(run(recipe("spread", "link: [copy]").toString(), "--json")).as(told()).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8)).contains("\"unchanged\":true");
  }

  @Test
  void planAndFilesByExecutors_outOfAnExport_areThoseOfOneMachine() throws Exception {
    try (Admix admix = admix()) {
      for (String name : List.of("java", "python")) {
        admix
            .datasets()
            .add(
                new DatasetService.AddRequest(
                    name,
                    root.resolve(name),
                    null,
                    null,
                    DatasetService.FolderLabels.NONE,
                    DatasetService.Checksums.NONE),
                DatasetService.Progress.SILENT);
      }
      admix
          .exports()
          .export(
              new Exports.Request(root.resolve("export"), List.of(), Exports.Existing.KEEP, 50),
              (step, dataset, rows, total) -> {});
    }
    Path recipe =
        Files.writeString(root.resolve("mix.yaml"), DATASETS.formatted("spread", "spread"));
    assertThat(run(recipe.toString(), "--export", "export")).as(told()).isZero();
    Path alone =
        Files.writeString(root.resolve("alone.yaml"), DATASETS.formatted("alone", "alone"));
    assertThat(run(alone.toString())).as(told()).isZero();
    try (Admix admix = admix()) {
      assertThat(admix.mixes().verify("spread").ok()).isEqualTo(60);
      assertThat(admix.mixes().verify("spread").isClean()).isTrue();
    }
    assertThat(files(root.resolve("out/spread"))).isEqualTo(files(root.resolve("out/alone")));
    Files.delete(root.resolve("export/_ADMIX_EXPORT.json"));
    Path half = Files.writeString(root.resolve("half.yaml"), DATASETS.formatted("half", "half"));
    assertThat(run(half.toString(), "--export", "export")).isEqualTo(2);
    assertThat(told()).contains("_ADMIX_EXPORT.json");
    assertThat(root.resolve("out/half")).doesNotExist();
    assertThat(run(half.toString(), "--from-catalog")).isEqualTo(2);
    assertThat(told()).contains("on PostgreSQL only");
  }

  private static final String DATASETS =
      """
      name: %s
      seed: 7
      total: 60
      target: out/%s
      sources:
        - {dataset: java, weight: 3}
        - {dataset: python, weight: 2}
      """;

  @Test
  void aTargetThatExists_isRefusedBeforeASessionBegins() throws Exception {
    Files.createDirectories(root.resolve("out/spread"));
    int code =
        run(
            Map.of(),
            () -> {
              throw new AssertionError("no session is needed");
            },
            recipe("spread", "").toString());
    assertThat(code).isEqualTo(2);
    assertThat(told()).contains("exists");
  }

  @Test
  void wrongArguments_areToldAllAtOnce() {
    assertThat(run("a.yaml", "b.yaml", "--wrok=x", "--seed", "many")).isEqualTo(2);
    assertThat(told())
        .contains("--wrok is no option: did you mean `--work`?")
        .contains("Only one recipe")
        .contains("--seed many is no whole number");
  }

  @Test
  void aSharedFolderThatIsNot_isRefused() throws Exception {
    assertThat(run(recipe("spread", "").toString(), "--work", "nowhere")).isEqualTo(2);
    assertThat(told()).contains("The work folder " + root.resolve("nowhere"));
  }
}
