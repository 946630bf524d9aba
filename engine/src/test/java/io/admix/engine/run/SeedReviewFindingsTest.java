package io.admix.engine.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.admix.core.recipe.Recipe;
import io.admix.engine.RefusedException;
import io.admix.engine.report.RunReport;
import io.admix.engine.settings.Concurrency;
import io.admix.engine.settings.CopySettings;
import io.admix.engine.settings.Resources;
import io.admix.engine.settings.SettingKey;
import io.admix.engine.settings.SettingKeys;
import io.admix.engine.settings.Settings;
import io.admix.engine.settings.SettingsInput;
import io.admix.engine.settings.SettingsLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One test for each of the seven findings of the review of the pull request that this project grew
 * from.
 */
class SeedReviewFindingsTest {
  @TempDir Path folder;
  private Lab lab;

  @BeforeEach
  void open() throws Exception {
    lab = new Lab(folder.toRealPath());
  }

  @AfterEach
  void close() {
    lab.close();
  }

  @Test
  void finding1_theDatasetPathIsHardCoded_hereItIsTheOneThatWasAskedFor() throws Exception {
    RunReport report = lab.run(lab.recipe(lab.source("a", 10, 10)));
    assertThat(report.target().path()).isEqualTo(lab.target().toString());
    assertThat(lab.catalog.datasets().find("mix").orElseThrow().path())
        .isEqualTo(lab.target().toString());
    assertThat(Lab.files(lab.target())).hasSize(10);
    for (Path source : sources()) {
      assertThat(Files.readString(source)).as(source.toString()).doesNotContain("\"/dataset");
    }
  }

  @Test
  void finding2_zeroMemoryPerTaskDividesByZero_hereEverySettingIsChecked() {
    assertRefused("admix.copy.memory-per-task", "0");
    assertRefused("admix.copy.memory-reserve-ratio", "1.5");
    assertRefused("admix.copy.memory-reserve-ratio", "-0.1");
    assertRefused("admix.copy.cpu-factor", "0");
    assertThatThrownBy(() ->
            load(Map.of("admix.copy.min-concurrency", "20", "admix.copy.max-concurrency", "10")))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("20")
        .hasMessageContaining("10");
    // All errors at once.
    assertThatThrownBy(
            () -> load(Map.of("admix.copy.memory-per-task", "0", "admix.copy.batch-size", "0")))
        .isInstanceOfSatisfying(RefusedException.class, e -> assertThat(e.problems()).hasSize(2));
  }

  @Test
  void finding3_anUnusedImport_hereEveryImportIsUsed() throws IOException {
    List<String> unused = new ArrayList<>();
    for (Path source : sources()) {
      unused.addAll(unusedImports(source));
    }
    assertThat(unused).isEmpty();
    // The check sees the seed's kind of mistake.
    Path seeded = folder.resolve("Seeded.java");
    Files.writeString(
        seeded,
        "package x;\nimport java.util.Optional;\nimport java.util.List;\nclass Seeded { List<String> a; }\n");
    assertThat(unusedImports(seeded)).containsExactly("Seeded.java: java.util.Optional");
  }

  @Test
  void finding4_eightSettingsAnnouncedAndSevenThere_hereEightAreAnnouncedAndEachHasAnEffect()
      throws Exception {
    Map<String, String> announced =
        Map.of(
            "min-concurrency", "9",
            "max-concurrency", "99",
            "cpu-factor", "3.5",
            "memory-per-task", "16MB",
            "memory-reserve-ratio", "0.3",
            "dynamic", "false",
            "fixed-concurrency", "11",
            "batch-size", "1234");
    assertThat(announced).hasSize(8);
    CopySettings defaults = load(Map.of()).copy();
    assertThat(defaults).isEqualTo(CopySettings.DEFAULTS);
    for (Map.Entry<String, String> setting : announced.entrySet()) {
      assertThat(load(Map.of("admix.copy." + setting.getKey(), setting.getValue())).copy())
          .as(setting.getKey())
          .isNotEqualTo(defaults);
    }
    assertThat(CopySettings.class.getRecordComponents()).hasSize(8 + 1);
    assertThat(copyKeys()).containsAll(announced.keySet()).contains("adaptive").hasSize(8 + 1);
  }

  @Test
  void finding5_aTrailingSlashCostsADirectoryCallPerFile_hereEachFolderIsMadeOnce()
      throws Exception {
    Recipe recipe = lab.recipe(lab.source("a", 300, 300));
    Recipe slashed =
        new Recipe(
            recipe.name(),
            recipe.seed(),
            recipe.total(),
            "out/mix/",
            recipe.layout(),
            recipe.link(),
            recipe.onShortage(),
            recipe.onError(),
            recipe.sources());
    lab.assertPublished(lab.run(slashed), 300);
    assertThat(lab.access.made.values()).allMatch(times -> times == 1);
    // Staging, the source's folder, and 30 below it, for 300 files.
    assertThat(lab.access.made).hasSize(32);
  }

  @Test
  void finding6_aConcurrencyOfZeroHangs_hereItIsRefused_andTheNumberIsNeverBelowOne() {
    assertRefused("admix.copy.min-concurrency", "0");
    assertRefused("admix.copy.max-concurrency", "0");
    assertRefused("admix.copy.fixed-concurrency", "0");
    assertRefused("admix.copy.fixed-concurrency", "-3");
    assertThat(Concurrency.of(CopySettings.DEFAULTS, new Resources(1, 0, "none")).workers())
        .isEqualTo(1);
  }

  @Test
  void finding7_allTasksAreCreatedUpFront_hereOutstandingRunsAreBounded() throws Exception {
    RunQueue queue = new RunQueue(Placing.QUEUE_RUNS, 1, 100);
    Thread reader =
        Thread.ofPlatform()
            .start(() -> {
              try {
                for (int i = 0; i < 20_000; i++) {
                  queue.put(new io.admix.engine.plan.PlanRun(i, -1, "folder " + i % 50, 1, 0, 0));
                }
                queue.end();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    int taken = 0;
    for (var run = queue.take(); run.isPresent(); run = queue.take()) {
      taken++;
      queue.done(run.get());
    }
    reader.join();
    assertThat(taken).isEqualTo(20_000);
    assertThat(queue.outstandingMax()).isLessThanOrEqualTo(Placing.QUEUE_RUNS + 1);
  }

  private void assertRefused(String key, String value) {
    assertThatThrownBy(() -> load(Map.of(key, value)))
        .as(key)
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining(key)
        .hasMessageContaining(value);
  }

  private Settings load(Map<String, String> settings) throws RefusedException {
    List<String> overrides =
        settings.entrySet().stream().map(e -> e.getKey() + "=" + e.getValue()).toList();
    return SettingsLoader.load(
        new SettingsInput(folder.toString(), null, overrides, Map.of(), folder));
  }

  private static TreeSet<String> copyKeys() {
    TreeSet<String> keys = new TreeSet<>();
    SettingKeys.all().stream()
        .map(SettingKey::key)
        .filter(name -> name.startsWith("admix.copy."))
        .forEach(name -> keys.add(name.substring("admix.copy.".length())));
    return keys;
  }

  private static List<Path> sources() throws IOException {
    Path root = Path.of("").toAbsolutePath().getParent();
    List<Path> sources = new ArrayList<>();
    for (String module :
        List.of("core", "files", "files-linux", "catalog", "engine", "cli", "bench")) {
      Path main = root.resolve(module).resolve("src/main/java");
      if (Files.isDirectory(main)) {
        try (Stream<Path> walk = Files.walk(main)) {
          walk.filter(path -> path.toString().endsWith(".java")).forEach(sources::add);
        }
      }
    }
    assertThat(sources).hasSizeGreaterThan(100);
    return sources;
  }

  private static final Pattern IMPORT =
      Pattern.compile("(?m)^import (?:static )?([\\w.]+)\\.(\\w+);$");

  private static List<String> unusedImports(Path file) throws IOException {
    String text = Files.readString(file);
    String body = text.replaceAll("(?m)^import .*$", "");
    List<String> unused = new ArrayList<>();
    Matcher imports = IMPORT.matcher(text);
    while (imports.find()) {
      if (!Pattern.compile("\\b" + imports.group(2) + "\\b").matcher(body).find()) {
        unused.add(file.getFileName() + ": " + imports.group(1) + "." + imports.group(2));
      }
    }
    return unused;
  }
}
