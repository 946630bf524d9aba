package io.admix.engine.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.admix.catalog.Task;
import io.admix.core.recipe.Recipe;
import io.admix.engine.StopSignal;
import io.admix.engine.dataset.DatasetService;
import io.admix.engine.plan.PlanProgress;
import io.admix.engine.recipe.RecipeDocument;
import io.admix.engine.report.RunReport;
import io.admix.engine.settings.CopySettings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What can be done with a task or a mix whose making took an unusual way. */
class MixContinuationTest {
  @TempDir Path folder;
  private Lab lab;

  @BeforeEach
  void open() throws Exception {
    lab = new Lab(folder.toRealPath());
    // One row is a batch: each run is a transaction of its own.
    lab.copy = new CopySettings(8, 128, 4.0, 32L << 20, 0.2, true, 10, 1, true);
  }

  @AfterEach
  void close() {
    lab.close();
  }

  @Test
  void aPublishThatFailedBecauseTheTargetIsTaken_canBeGivenUp() throws Exception {
    Recipe recipe = crashAt(CrashPoints.Point.ALL_PLACED);
    Files.createDirectories(lab.target());
    Files.writeString(lab.target().resolve("somebody's"), "keep");
    assertThatThrownBy(() -> lab.run(recipe)).isInstanceOf(TaskFailedException.class);
    assertThat(lab.task().phase()).isEqualTo(Task.Phase.PUBLISHING);

    assertThat(lab.mixes().cancel(lab.task().id()).task().status())
        .isEqualTo(Task.Status.CANCELLED);

    lab.assertNoStaging();
    assertThat(Lab.files(lab.target())).containsExactly("somebody's");
    Files.delete(lab.target().resolve("somebody's"));
    Files.delete(lab.target());
    lab.assertPublished(lab.run(recipe), 60);
  }

  @Test
  void aPublishWhoseStagingIsGone_canBeGivenUp() throws Exception {
    Recipe recipe = crashAt(CrashPoints.Point.PUBLISHING_STARTED);
    Files.move(lab.staging(lab.task()), lab.root.resolve("elsewhere"));
    assertThatThrownBy(() -> lab.run(recipe)).isInstanceOf(TaskFailedException.class);
    lab.mixes().delete(lab.task().id());
    lab.assertPublished(lab.run(recipe), 60);
  }

  @Test
  void aFolderThatTookStagingsName_isNotPublished() throws Exception {
    Recipe recipe = lab.recipe(lab.source("a", 80, 60));
    lab.crash =
        point -> {
          if (point == CrashPoints.Point.PUBLISHING_STARTED) {
            swapStaging();
          }
        };
    assertThatThrownBy(() -> lab.run(recipe))
        .isInstanceOf(TaskFailedException.class)
        .hasMessageContaining("not the one that this task made");
    lab.crash = CrashPoints.NONE;
    assertThat(lab.target()).doesNotExist();
    Path staging = lab.staging(lab.task());
    assertThat(Lab.files(staging)).containsExactly("somebody's");
    Files.delete(staging.resolve("somebody's"));
    Files.delete(staging);
    Files.move(lab.root.resolve("elsewhere"), staging);
    lab.assertPublished(lab.run(recipe), 60);
  }

  private void swapStaging() {
    try {
      Path staging = lab.staging(lab.task());
      Files.move(staging, lab.root.resolve("elsewhere"));
      Files.createDirectory(staging);
      Files.writeString(staging.resolve("somebody's"), "keep");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void theRateOfAResumedRun_isThatOfTheFilesItPlaced() throws Exception {
    Recipe recipe = crashAt(CrashPoints.Point.ALL_PLACED);
    RunReport report = lab.run(recipe);
    assertThat(report.target().files()).isEqualTo(60);
    assertThat(report.seconds()).isPositive();
    assertThat(report.filesPerSecond()).isZero();
  }

  @Test
  void waitingForATaskThatItsRunnerLeft_ends() throws Exception {
    crashAt(CrashPoints.Point.RUNS_RECORDED);
    Task dead = lab.mixes().await(lab.task().id(), Duration.ofMinutes(10));
    assertThat(dead.status()).isEqualTo(Task.Status.RUNNING);

    StopSignal stop = new StopSignal();
    stop.request();
    assertThatThrownBy(() -> lab.mixes().resume(dead.id(), RunProgress.Listener.SILENT, stop))
        .isInstanceOf(TaskInterruptedException.class);
    assertThat(lab.mixes().await(dead.id(), Duration.ofMinutes(10)).status())
        .isEqualTo(Task.Status.PENDING);
  }

  @Test
  void aSealedPlanIsExecutedAsItIs_alsoForATaskThatWasNotPlannedYet() throws Exception {
    Recipe recipe = crashAt(CrashPoints.Point.CREATED);
    Path plan = lab.root.resolve("mix.plan");
    lab.mixes()
        .plan(
            new RecipeDocument(recipe, lab.root), OptionalLong.empty(), plan, PlanProgress.SILENT);
    int planned = lab.planner.plans();
    lab.assertPublished(lab.mixes().run(plan, RunProgress.Listener.SILENT, new StopSignal()), 60);
    assertThat(lab.planner.plans()).isEqualTo(planned);
  }

  @Test
  void aMixWhoseTaskWasDeleted_keepsItsManifest_andItsFilesCanBeRemoved() throws Exception {
    RunReport report = lab.run(lab.recipe(lab.source("a", 40, 40)));
    lab.mixes().delete(report.taskId());
    DatasetService datasets =
        DatasetService.of(lab.catalog, lab.access, lab.settings().stateDir(), ZoneOffset.UTC);
    ByteArrayOutputStream manifest = new ByteArrayOutputStream();
    datasets.manifest("mix", manifest);
    assertThat(manifest.toString(java.nio.charset.StandardCharsets.UTF_8).lines())
        .hasSizeGreaterThan(40);
    long removed =
        datasets.remove("mix", DatasetService.Files.DELETE, DatasetService.Progress.SILENT);
    assertThat(removed).isEqualTo(40);
    assertThat(lab.target()).doesNotExist();
    assertThat(Lab.files(lab.root.resolve("data"))).hasSize(40);
  }

  private Recipe crashAt(CrashPoints.Point point) throws Exception {
    Recipe recipe = lab.recipe(lab.source("a", 80, 60));
    MixService dying = lab.dyingAt(point);
    assertThatThrownBy(() -> lab.run(dying, recipe)).isInstanceOf(Lab.Crash.class);
    return recipe;
  }
}
