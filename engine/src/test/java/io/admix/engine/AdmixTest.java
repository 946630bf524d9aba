package io.admix.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.admix.core.recipe.LinkMethod;
import io.admix.engine.dataset.DatasetService;
import io.admix.engine.dataset.DatasetService.AddRequest;
import io.admix.engine.plan.PlanException;
import io.admix.engine.plan.PlanProgress;
import io.admix.engine.plan.PlanSummary;
import io.admix.engine.recipe.RecipeDocument;
import io.admix.engine.recipe.RecipeReader;
import io.admix.engine.report.RunReport;
import io.admix.engine.run.RunProgress;
import io.admix.engine.settings.SettingsInput;
import io.admix.engine.settings.SettingsLoader;
import io.admix.files.Sources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole way through the one door: real planner, real catalogue, real folders. */
class AdmixTest {
  private static final String RECIPE =
      """
      name: code-mix
      total: 90
      target: ./out/code-mix
      seed: 42
      sources:
        - dataset: python
          percent: 50
        - path: ./data/java
          weight: 2
          include: ["**/*.txt"]
        - path: ./data/c
          weight: 1
      """;

  @TempDir Path temporary;
  Path folder;
  private Admix admix;

  @BeforeEach
  void open() throws Exception {
    folder = temporary.toRealPath();
    files("python", 100);
    files("java", 100);
    files("c", 100);
    admix = openAdmix(folder.resolve("home"));
    addPython(admix);
  }

  /** On SQLite; the same tests run on PostgreSQL in a subclass. */
  Admix openAdmix(Path home) throws Exception {
    return Admix.open(SettingsLoader.load(SettingsInput.forHome(home)));
  }

  private void addPython(Admix to) throws Exception {
    to.datasets()
        .add(
            new AddRequest(
                "python",
                folder.resolve("data/python"),
                null,
                null,
                DatasetService.FolderLabels.NONE,
                DatasetService.Checksums.NONE),
            DatasetService.Progress.SILENT);
  }

  @AfterEach
  void close() {
    admix.close();
  }

  @Test
  void aRecipeOfDatasetAndFolders_isPlannedPlacedPublishedAndVerified() throws Exception {
    RecipeDocument recipe = RecipeReader.read(RECIPE, folder);
    PlanSummary plan = admix.mixes().plan(recipe, OptionalLong.empty(), null, PlanProgress.SILENT);
    RunReport report =
        admix
            .mixes()
            .run(recipe, OptionalLong.empty(), RunProgress.Listener.SILENT, new StopSignal());
    assertThat(report.status()).isEqualTo("COMPLETED");
    assertThat(report.sources()).extracting("achieved").containsExactly(45L, 30L, 15L);
    assertThat(report.methods()).containsOnlyKeys(LinkMethod.HARDLINK);
    assertThat(report.plan().sha256()).isEqualTo(plan.sha256());
    assertThat(admix.mixes().verify("code-mix").isClean()).isTrue();
    assertThat(admix.mixes().verify("code-mix").ok()).isEqualTo(90);
    assertThat(
            admix
                .mixes()
                .run(recipe, OptionalLong.empty(), RunProgress.Listener.SILENT, new StopSignal()))
        .satisfies(again -> {
          assertThat(again.unchanged()).isTrue();
          assertThat(again.warnings()).isEmpty();
        });
    assertThat(admix.datasets().list()).extracting("name").containsExactly("code-mix", "python");
  }

  @Test
  void theSelectionAndTheFilesAreThoseOfAnotherCatalogue() throws Exception {
    RunReport here = run(admix, RECIPE);
    try (Admix other =
        Admix.open(SettingsLoader.load(SettingsInput.forHome(folder.resolve("b"))))) {
      addPython(other);
      RunReport there = run(other, RECIPE.replace("out/", "other/"));
      assertThat(there.plan().sha256()).isEqualTo(here.plan().sha256());
      assertThat(there.sources()).isEqualTo(here.sources());
    }
    assertThat(tree(folder.resolve("other/code-mix")))
        .hasSize(90)
        .isEqualTo(tree(folder.resolve("out/code-mix")));
  }

  private RunReport run(Admix with, String recipe) throws Exception {
    return with.mixes()
        .run(
            RecipeReader.read(recipe, folder),
            OptionalLong.empty(),
            RunProgress.Listener.SILENT,
            new StopSignal());
  }

  /** Path to inode: links of one file. */
  private static Map<String, Object> tree(Path root) throws IOException {
    Map<String, Object> inodes = new TreeMap<>();
    try (Stream<Path> walk = Files.walk(root)) {
      for (Path file : walk.filter(Files::isRegularFile).toList()) {
        inodes.put(root.relativize(file).toString(), Files.getAttribute(file, "unix:ino"));
      }
    }
    return inodes;
  }

  @Test
  void aMixIsASourceOfAnother() throws Exception {
    admix
        .mixes()
        .run(
            RecipeReader.read(RECIPE, folder),
            OptionalLong.empty(),
            RunProgress.Listener.SILENT,
            new StopSignal());
    Sources.watch(folder.resolve("out/code-mix"));
    String second =
        "name: second\ntarget: out/second\nsources:\n  - dataset: code-mix\n    count: 20\n";
    RunReport report =
        admix
            .mixes()
            .run(
                RecipeReader.read(second, folder),
                OptionalLong.empty(),
                RunProgress.Listener.SILENT,
                new StopSignal());
    assertThat(report.target().files()).isEqualTo(20);
    assertThat(admix.mixes().verify("second").isClean()).isTrue();
  }

  @Test
  void anUnknownDataset_isRefusedAndLeavesNoTask() throws Exception {
    String recipe = RECIPE.replace("dataset: python", "dataset: pyton");
    assertThatThrownBy(() ->
            admix
                .mixes()
                .run(
                    RecipeReader.read(recipe, folder),
                    OptionalLong.empty(),
                    RunProgress.Listener.SILENT,
                    new StopSignal()))
        .isInstanceOf(PlanException.class)
        .hasMessageContaining("python");
    assertThat(admix.mixes().tasks()).isEmpty();
    assertThat(folder.resolve("out")).doesNotExist();
  }

  private void files(String name, int count) throws IOException {
    for (int i = 0; i < count; i++) {
      Path file =
          folder.resolve("data").resolve(name).resolve("p" + i % 7).resolve("f" + i + ".txt");
      Files.createDirectories(file.getParent());
      Files.writeString(file, name + i);
    }
    Sources.watch(folder.resolve("data").resolve(name));
  }
}
