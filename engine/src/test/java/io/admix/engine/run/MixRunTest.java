package io.admix.engine.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.admix.catalog.Task;
import io.admix.core.recipe.Layout;
import io.admix.core.recipe.LinkMethod;
import io.admix.core.recipe.OnError;
import io.admix.core.recipe.Recipe;
import io.admix.core.recipe.SourceSpec;
import io.admix.engine.RefusedException;
import io.admix.engine.StopSignal;
import io.admix.engine.plan.InfeasibleException;
import io.admix.engine.plan.PlanProgress;
import io.admix.engine.recipe.RecipeDocument;
import io.admix.engine.report.Phases;
import io.admix.engine.report.ReportJson;
import io.admix.engine.report.RunReport;
import io.admix.files.Sources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MixRunTest {
  @TempDir Path folder;
  private Lab lab;

  @BeforeEach
  void open() throws Exception {
    lab = openLab(folder.toRealPath());
  }

  /** On SQLite; the same tests run on PostgreSQL in a subclass. */
  Lab openLab(Path root) throws IOException {
    return new Lab(root);
  }

  @AfterEach
  void close() {
    lab.close();
  }

  @ParameterizedTest
  @EnumSource(
      value = LinkMethod.class,
      names = {"HARDLINK", "SYMLINK", "COPY"})
  void aRecipeBecomesADataset_byEachMethod(LinkMethod method) throws Exception {
    Recipe recipe =
        lab.recipe(
            Layout.BY_SOURCE,
            method,
            OnError.FAIL,
            lab.source("java", 60, 40),
            lab.source("python", 30, 20));
    RunReport report = lab.run(recipe);
    lab.assertPublished(report, 60);
    assertThat(report.methods()).containsOnlyKeys(method);
    assertThat(report.methods().get(method).files()).isEqualTo(60);
    assertThat(report.sources()).extracting("achieved").containsExactly(40L, 20L);
    Path made = lab.target().resolve("java/d00/f0000.txt");
    Path source = lab.sourceFile("java", 0);
    assertThat(made).hasSameTextualContentAs(source);
    assertThat(Files.isSymbolicLink(made)).isEqualTo(method == LinkMethod.SYMLINK);
    assertThat(Files.getAttribute(made, "unix:ino").equals(Files.getAttribute(source, "unix:ino")))
        .isEqualTo(method != LinkMethod.COPY);
    assertThat(report.target().bytes())
        .isEqualTo(report.sources().stream().mapToLong(s -> s.bytes()).sum());
    assertThat(ReportJson.read(ReportJson.write(report))).isEqualTo(report);
  }

  @Test
  void theReportTellsWhereTheTimeWent_andTheCatalogueKeepsTheSame() throws Exception {
    RunReport report = lab.run(lab.recipe(lab.source("a", 20, 10)));
    Phases phases = report.phases();
    assertThat(phases.total()).isPositive();
    assertThat(phases.record()).isLessThanOrEqualTo(phases.place());
    assertThat(ReportJson.read(String.valueOf(lab.catalog.tasks().list().getFirst().report())))
        .isEqualTo(report);
  }

  @ParameterizedTest
  @EnumSource(Layout.class)
  void eachLayout_isPlacedAndPublished(Layout layout) throws Exception {
    lab.assertPublished(
        lab.run(lab.recipe(layout, LinkMethod.HARDLINK, OnError.FAIL, lab.source("a", 300, 250))),
        250);
  }

  @Test
  void theSameRecipeAgain_isUnchangedAndTouchesNothing() throws Exception {
    Recipe recipe = lab.recipe(lab.source("a", 20, 10));
    RunReport first = lab.run(recipe);
    FileTime before = Files.getLastModifiedTime(lab.target());
    RunReport again = lab.run(recipe);
    assertThat(again.unchanged()).isTrue();
    assertThat(again.status()).isEqualTo("COMPLETED");
    assertThat(again.taskId()).isEqualTo(first.taskId());
    assertThat(again.warnings()).isEmpty();
    assertThat(Files.getLastModifiedTime(lab.target())).isEqualTo(before);
    assertThat(lab.catalog.tasks().list()).hasSize(1);
  }

  @Test
  void idsSortByTime_asRowsOfOneTableShould() throws Exception {
    RunReport report = lab.run(lab.recipe(lab.source("a", 3, 2)));
    assertThat(List.of(report.taskId(), report.target().datasetId()))
        .allSatisfy(id -> assertThat(UUID.fromString(id).version()).isEqualTo(7));
  }

  @Test
  void theSameRecipeAgain_tellsThatSourcesHaveChanged() throws Exception {
    Recipe recipe = lab.recipe(lab.source("a", 20, 10));
    lab.run(recipe);
    Files.writeString(lab.root.resolve("data/a/a-new-one.txt"), "new");
    Sources.changed(lab.root.resolve("data/a/a-new-one.txt"));
    RunReport again = lab.run(recipe);
    assertThat(again.unchanged()).isTrue();
    assertThat(again.warnings()).singleElement().asString().contains("sources have changed");
  }

  @Test
  void anotherRecipeUnderTheName_isRefusedWithTheDifference() throws Exception {
    SourceSpec source = lab.source("a", 20, 10);
    lab.run(lab.recipe(source));
    Recipe other =
        lab.recipe(
            new SourceSpec(
                "a", source.origin(), new io.admix.core.recipe.Share.Count(11), source.filter()));
    assertThatThrownBy(() -> lab.run(other))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("sources[0].count: 10 → 11")
        .hasMessageContaining("admix dataset remove mix");
    assertThat(Lab.files(lab.target())).hasSize(10);
  }

  @Test
  void aRecipeWithoutSeed_keepsTheOneDrawnFirst_andAnotherOneIsADifference() throws Exception {
    Recipe seeded = lab.recipe(lab.source("a", 20, 10));
    Recipe recipe =
        new Recipe(
            seeded.name(),
            null,
            seeded.total(),
            seeded.target(),
            seeded.layout(),
            seeded.link(),
            seeded.onShortage(),
            seeded.onError(),
            seeded.sources());
    RunReport first = lab.run(recipe);
    assertThat(first.seed()).isBetween(0L, Recipe.SEED_MAX);
    assertThat(lab.run(recipe).seed()).isEqualTo(first.seed());
    OptionalLong other = OptionalLong.of(first.seed() == 7 ? 8 : 7);
    assertThatThrownBy(() ->
            lab.mixes()
                .run(
                    new RecipeDocument(recipe, lab.root),
                    other,
                    RunProgress.Listener.SILENT,
                    new StopSignal()))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("seed: " + first.seed() + " → " + other.getAsLong());
  }

  @Test
  void aTargetThatExists_isRefusedBeforeAnythingIsMade() throws Exception {
    Recipe recipe = lab.recipe(lab.source("a", 20, 10));
    Files.createDirectories(lab.target());
    Files.writeString(lab.target().resolve("mine"), "keep");
    assertThatThrownBy(() -> lab.run(recipe))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("exists");
    assertThat(Lab.files(lab.target())).containsExactly("mine");
    assertThat(lab.catalog.tasks().list()).isEmpty();
  }

  @Test
  void aRecipeThatCannotBePlanned_leavesNoTrace() throws Exception {
    Recipe recipe = lab.recipe(lab.source("a", 5, 10));
    assertThatThrownBy(() -> lab.run(recipe)).isInstanceOf(InfeasibleException.class);
    assertThat(lab.catalog.tasks().list()).isEmpty();
    assertThat(lab.target().getParent()).doesNotExist();
    Lab.files(lab.settings().stateDir()).forEach(file -> assertThat(file).isEmpty());
  }

  @Test
  void skip_leavesTheFileOutAndTells() throws Exception {
    Recipe recipe =
        lab.recipe(Layout.BY_SOURCE, LinkMethod.HARDLINK, OnError.SKIP, lab.source("a", 30, 20));
    MixService mixes = mixesThatLose(lab.sourceFile("a", 3));
    RunReport report = lab.run(mixes, recipe);
    lab.assertPublished(report, 19);
    assertThat(report.failuresTotal()).isEqualTo(1);
    assertThat(report.failures())
        .singleElement()
        .satisfies(f -> {
          assertThat(f.path()).isEqualTo("d00/f0003.txt");
          assertThat(f.reason()).isEqualTo("SOURCE_MISSING");
        });
    assertThat(report.sources().getFirst().requested()).isEqualTo(20);
    assertThat(report.sources().getFirst().achieved()).isEqualTo(19);
  }

  @Test
  void skip_ofEveryFile_publishesNothing_andGoesOnWhenMended() throws Exception {
    Recipe recipe =
        lab.recipe(Layout.BY_SOURCE, LinkMethod.HARDLINK, OnError.SKIP, lab.source("a", 10, 10));
    Path parked = lab.root.resolve("parked");
    MixService mixes = lossy(() -> Files.move(lab.sourceFile("a", 0).getParent(), parked));
    assertThatThrownBy(() -> lab.run(mixes, recipe))
        .isInstanceOfSatisfying(
            TaskFailedException.class,
            e -> {
              assertThat(e.isResumable()).isTrue();
              assertThat(e.placed()).isZero();
              assertThat(e.failures()).hasSize(10);
              assertThat(e.failures().getFirst().reason()).isEqualTo("SOURCE_MISSING");
            })
        .hasMessageContaining("None of the 10 files could be placed");
    assertThat(lab.target()).doesNotExist();
    Files.move(parked, lab.sourceFile("a", 0).getParent());
    Sources.changed(lab.sourceFile("a", 0).getParent());
    lab.assertPublished(lab.run(recipe), 10);
  }

  @Test
  void replace_takesReservesInRankOrder() throws Exception {
    Recipe recipe =
        lab.recipe(Layout.BY_SOURCE, LinkMethod.HARDLINK, OnError.REPLACE, lab.source("a", 30, 20));
    MixService mixes = mixesThatLose(lab.sourceFile("a", 3), lab.sourceFile("a", 20));
    RunReport report = lab.run(mixes, recipe);
    lab.assertPublished(report, 20);
    assertThat(Lab.files(lab.target()))
        .contains("a/d02/f0021.txt")
        .doesNotContain("a/d00/f0003.txt", "a/d02/f0020.txt", "a/d02/f0022.txt");
    assertThat(report.failuresTotal()).isEqualTo(2);
  }

  @Test
  void replaceWithoutEnoughReserves_failsResumable_andGoesOnWhenTheFilesAreBack() throws Exception {
    Recipe recipe =
        lab.recipe(Layout.BY_SOURCE, LinkMethod.HARDLINK, OnError.REPLACE, lab.source("a", 21, 20));
    Path parked = lab.root.resolve("parked");
    Files.createDirectories(parked);
    MixService mixes =
        lossy(() -> {
          Files.move(lab.sourceFile("a", 3), parked.resolve("3"));
          Files.move(lab.sourceFile("a", 4), parked.resolve("4"));
        });
    assertThatThrownBy(() -> lab.run(mixes, recipe))
        .isInstanceOf(TaskFailedException.class)
        .hasMessageContaining("source 'a' lacks 1");
    assertThat(lab.target()).doesNotExist();
    Files.move(parked.resolve("3"), lab.sourceFile("a", 3));
    Files.move(parked.resolve("4"), lab.sourceFile("a", 4));
    Sources.changed(lab.sourceFile("a", 3));
    Sources.changed(lab.sourceFile("a", 4));
    RunReport report = lab.run(recipe);
    lab.assertPublished(report, 20);
    // The reserve that the first attempt placed is not needed any more and is gone again.
    assertThat(Lab.files(lab.target())).doesNotContain("a/d02/f0020.txt");
  }

  @Test
  void fail_publishesNothing_recordsTheFailure_andGoesOnWhenMended() throws Exception {
    Recipe recipe = lab.recipe(lab.source("a", 30, 20));
    Path parked = lab.root.resolve("parked");
    MixService mixes = lossy(() -> Files.move(lab.sourceFile("a", 3), parked));
    assertThatThrownBy(() -> lab.run(mixes, recipe))
        .isInstanceOfSatisfying(
            TaskFailedException.class,
            e -> {
              assertThat(e.isResumable()).isTrue();
              assertThat(e.failures())
                  .singleElement()
                  .satisfies(f -> assertThat(f.path()).isEqualTo("d00/f0003.txt"));
            });
    assertThat(lab.target()).doesNotExist();
    assertThat(lab.catalog.datasets().find("mix")).isEmpty();
    assertThat(lab.task().status()).isEqualTo(Task.Status.FAILED);
    assertThat(lab.task().resumable()).isTrue();
    Files.move(parked, lab.sourceFile("a", 3));
    Sources.changed(lab.sourceFile("a", 3));
    RunReport report = lab.run(recipe);
    lab.assertPublished(report, 20);
    assertThat(report.failuresTotal()).isZero();
  }

  @Test
  void filesThatWereNotThereAtPlanTime_areRefusedBeforeStagingIsMade() throws Exception {
    SourceSpec source = lab.source("a", 30, 20);
    Files.delete(lab.sourceFile("a", 5));
    Files.createSymbolicLink(lab.sourceFile("a", 5), Path.of("nowhere"));
    Sources.changed(lab.sourceFile("a", 5));
    assertThatThrownBy(() -> lab.run(lab.recipe(source)))
        .isInstanceOfSatisfying(
            TaskFailedException.class, e -> assertThat(e.isResumable()).isFalse())
        .hasMessageContaining("a/d00/f0005.txt");
    assertThat(lab.root.resolve("out")).doesNotExist();
    Files.delete(lab.sourceFile("a", 5));
    Files.writeString(lab.sourceFile("a", 5), "back");
    Sources.changed(lab.sourceFile("a", 5));
    lab.assertPublished(lab.run(lab.recipe(source)), 20);
  }

  @Test
  void aSealedPlan_isExecutedAsItIs() throws Exception {
    Recipe recipe = lab.recipe(lab.source("a", 30, 20));
    Path plan = lab.root.resolve("plan.jsonl");
    lab.mixes()
        .plan(
            new RecipeDocument(recipe, lab.root), OptionalLong.empty(), plan, PlanProgress.SILENT);
    assertThat(lab.catalog.tasks().list()).isEmpty();
    Files.writeString(lab.root.resolve("data/a/a-new-one.txt"), "would be chosen today");
    Sources.changed(lab.root.resolve("data/a/a-new-one.txt"));
    RunReport report = lab.mixes().run(plan, RunProgress.Listener.SILENT, new StopSignal());
    lab.assertPublished(report, 20);
    assertThat(Lab.files(lab.target())).doesNotContain("a/a-new-one.txt");
    assertThat(lab.planner.plans()).isEqualTo(1);
    assertThat(lab.mixes().run(plan, RunProgress.Listener.SILENT, new StopSignal()).unchanged())
        .isTrue();
  }

  @Test
  void progressIsTold_andEndsWithAllFiles() throws Exception {
    java.util.List<RunProgress> told =
        java.util.Collections.synchronizedList(new java.util.ArrayList<>());
    lab.mixes()
        .run(
            new RecipeDocument(lab.recipe(lab.source("a", 30, 20)), lab.root),
            OptionalLong.empty(),
            told::add,
            new StopSignal());
    assertThat(told).isNotEmpty();
    assertThat(told.getLast().phase()).isEqualTo(Task.Phase.PUBLISHING);
    assertThat(told.getLast().files()).isEqualTo(20);
  }

  /** An engine whose source files vanish between planning and placing. */
  private MixService mixesThatLose(Path... files) {
    return lossy(() -> {
      for (Path file : files) {
        Files.delete(file);
      }
    });
  }

  private MixService lossy(Mishap mishap) {
    lab.crash =
        point -> {
          if (point == CrashPoints.Point.PLAN_SEALED) {
            try {
              mishap.happen();
              Sources.changed(lab.root.resolve("data/a"));
            } catch (java.io.IOException e) {
              throw new java.io.UncheckedIOException(e);
            }
          }
        };
    MixService mixes = lab.mixes();
    lab.crash = CrashPoints.NONE;
    return mixes;
  }

  private interface Mishap {
    void happen() throws java.io.IOException;
  }
}
