package io.admix.engine.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.admix.catalog.Task;
import io.admix.core.recipe.Layout;
import io.admix.core.recipe.LinkMethod;
import io.admix.core.recipe.OnError;
import io.admix.core.recipe.Recipe;
import io.admix.core.recipe.SourceSpec;
import io.admix.engine.report.RunReport;
import io.admix.engine.spread.Cluster;
import io.admix.engine.spread.SpreadDriver;
import io.admix.files.Sources;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Runs placed by a cluster that is made of threads: what a real one may do, one at a time. */
class SpreadPlacingTest {
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

  private MixService spread(Cluster cluster) {
    return new MixService(lab.services().placedBy(new SpreadDriver(cluster, null)));
  }

  private SourceSpec source(String name, int files, int count) throws Exception {
    return lab.source(name, files, count);
  }

  private void assertNothingShared() {
    assertThat(lab.settings().stateDir().resolve(lab.task().id()).resolve("scratch"))
        .doesNotExist();
  }

  @ParameterizedTest
  @EnumSource(
      value = LinkMethod.class,
      names = {"HARDLINK", "SYMLINK", "COPY"})
  void everyBatchIsPlacedByTwoAttemptsAtOnce_theMixIsAsByOneProcess(LinkMethod method)
      throws Exception {
    Recipe recipe =
        lab.recipe(
            Layout.BY_SOURCE, method, OnError.FAIL, source("java", 120, 80), source("py", 30, 20));
    RunReport report;
    try (ThreadCluster cluster = new ThreadCluster(2)) {
      report = lab.run(spread(cluster), recipe);
    }
    lab.assertPublished(report, 100);
    assertThat(report.methods()).containsOnlyKeys(method);
    assertThat(report.methods().get(method).files()).isEqualTo(100);
    assertThat(report.concurrency()).isEqualTo("threads that play executors");
    assertNothingShared();
  }

  @Test
  void executorsThatDie_leaveNothing() throws Exception {
    Recipe recipe =
        lab.recipe(Layout.BY_SOURCE, LinkMethod.COPY, OnError.FAIL, source("java", 120, 80));
    ThreadCluster.Attempting once =
        (attempt, number) -> {
          if (number % 2 == 0) {
            // It had placed everything, and died before it told.
            attempt.run();
            Path target = lab.staging(lab.task()).resolve("java/d00");
            Files.createDirectories(target);
            Files.writeString(target.resolve(".admix-" + number + ".part"), "half");
            throw new ThreadCluster.Killed();
          }
          return attempt.run();
        };
    RunReport report;
    try (ThreadCluster cluster = new ThreadCluster(1, once)) {
      report = lab.run(spread(cluster), recipe);
    }
    lab.assertPublished(report, 80);
  }

  @ParameterizedTest
  @EnumSource(OnError.class)
  void filesThatCannotBePlaced_endAsByOneProcess(OnError onError) throws Exception {
    SourceSpec source = source("java", 120, 80);
    Recipe recipe = lab.recipe(Layout.BY_SOURCE, LinkMethod.HARDLINK, onError, source);
    AtomicReference<Path> gone = new AtomicReference<>();
    ThreadCluster.Attempting removing =
        (attempt, number) -> {
          synchronized (gone) {
            if (gone.get() == null) {
              Path victim = firstChosen();
              Sources.change(victim, () -> Files.delete(victim));
              gone.set(victim);
            }
          }
          return attempt.run();
        };
    try (ThreadCluster cluster = new ThreadCluster(1, removing)) {
      if (onError == OnError.FAIL) {
        assertThatThrownBy(() -> lab.run(spread(cluster), recipe))
            .isInstanceOf(TaskFailedException.class)
            .hasMessageContaining("1 file could not be placed");
      } else {
        RunReport report = lab.run(spread(cluster), recipe);
        assertThat(report.failuresTotal()).isEqualTo(1);
        assertThat(report.target().files()).isEqualTo(onError == OnError.SKIP ? 79 : 80);
        assertThat(lab.mixes().verify("mix").isClean()).isTrue();
      }
    }
  }

  /** A file that the plan of the task names. */
  private Path firstChosen() throws java.io.IOException {
    Path plan = lab.settings().stateDir().resolve(lab.task().id()).resolve("plan.jsonl");
    try (io.admix.engine.plan.SealedPlan sealed = openPlan(plan)) {
      var entry = sealed.entries(sealed.runs().next()).getFirst();
      return lab.root.resolve("data/java").resolve(entry.sourcePath());
    }
  }

  private static io.admix.engine.plan.SealedPlan openPlan(Path plan) throws java.io.IOException {
    try {
      return io.admix.engine.plan.SealedPlan.openTrusted(plan);
    } catch (io.admix.engine.plan.InvalidPlanException e) {
      throw new java.io.IOException(e);
    }
  }

  @Test
  void aDriverThatDies_isGoneOnFrom_withAndWithoutACluster() throws Exception {
    Recipe recipe =
        lab.recipe(Layout.BY_SOURCE, LinkMethod.COPY, OnError.FAIL, source("java", 120, 80));
    lab.copy = Lab.smallBatches();
    CrashPoints dying =
        at -> {
          if (at == CrashPoints.Point.RUNS_RECORDED) {
            throw new Lab.Crash(at);
          }
        };
    lab.crash = dying;
    try (ThreadCluster cluster = new ThreadCluster(1)) {
      MixService mixes = spread(cluster);
      lab.crash = CrashPoints.NONE;
      assertThatThrownBy(() -> lab.run(mixes, recipe)).isInstanceOf(Lab.Crash.class);
    }
    Path left =
        lab.settings().stateDir().resolve(lab.task().id()).resolve("scratch/spread/f0/batches/b0");
    Files.createDirectories(left);
    try (ThreadCluster cluster = new ThreadCluster(2)) {
      lab.assertPublished(lab.run(spread(cluster), recipe), 80);
    }
    assertNothingShared();
  }

  @Test
  void whatADeadDriverShared_goes_whoeverGoesOn() throws Exception {
    Recipe recipe =
        lab.recipe(Layout.BY_SOURCE, LinkMethod.COPY, OnError.FAIL, source("java", 120, 80));
    Path work = Files.createDirectories(lab.root.resolve("work"));
    Path left = lab.root.resolve("left");
    ThreadCluster.Attempting stopping =
        (attempt, number) -> {
          Path shared = work.resolve("admix-spread-" + lab.task().id());
          Files.createDirectories(left);
          Files.writeString(left.resolve("note"), shared.toString());
          return attempt.run();
        };
    lab.crash =
        at -> {
          if (at == CrashPoints.Point.ALL_PLACED) {
            throw new Lab.Crash(at);
          }
        };
    try (ThreadCluster cluster = new ThreadCluster(1, stopping)) {
      MixService mixes = new MixService(lab.services().placedBy(new SpreadDriver(cluster, work)));
      lab.crash = CrashPoints.NONE;
      assertThatThrownBy(() -> lab.run(mixes, recipe)).isInstanceOf(Lab.Crash.class);
    }
    Path shared = Path.of(Files.readString(left.resolve("note")));
    Path dead = Files.createDirectories(shared.resolve("f0/batches/b0"));
    Files.writeString(dead.resolveSibling("../beat").normalize(), "7");
    lab.assertPublished(lab.run(recipe), 80);
    assertThat(shared).doesNotExist();
  }

  @Test
  void anExecutorWithoutTheMount_isNamed_andNothingIsPublished() throws Exception {
    Recipe recipe =
        lab.recipe(Layout.BY_SOURCE, LinkMethod.HARDLINK, OnError.SKIP, source("java", 60, 40));
    Path staging = lab.root.resolve("out");
    ThreadCluster.Attempting without =
        (attempt, number) -> {
          synchronized (staging) {
            Path there = lab.staging(lab.task());
            Path away = staging.resolve("away");
            Files.move(there, away);
            Files.createDirectory(there);
            try {
              return attempt.run();
            } finally {
              Files.delete(there);
              Files.move(away, there);
            }
          }
        };
    try (ThreadCluster cluster = new ThreadCluster(1, without)) {
      assertThatThrownBy(() -> lab.run(spread(cluster), recipe))
          .isInstanceOf(TaskFailedException.class)
          .hasMessageContaining("On the executor ")
          .hasMessageContaining("is another folder there")
          .hasMessageContaining("Is a mount missing there?");
    }
    assertThat(lab.target()).doesNotExist();
    assertThat(lab.task().status()).isEqualTo(Task.Status.FAILED);
    try (ThreadCluster cluster = new ThreadCluster(1)) {
      lab.assertPublished(lab.run(spread(cluster), recipe), 40);
    }
  }

  @Test
  void aCancelStopsExecutors_andLeavesNothing() throws Exception {
    Recipe recipe =
        lab.recipe(Layout.BY_SOURCE, LinkMethod.HARDLINK, OnError.FAIL, source("java", 120, 80));
    ThreadCluster.Attempting cancelling =
        (attempt, number) -> {
          lab.catalog.tasks().requestCancel(lab.task().id());
          return attempt.run();
        };
    try (ThreadCluster cluster = new ThreadCluster(1, cancelling)) {
      MixService mixes = spread(cluster);
      assertThatThrownBy(() -> lab.run(mixes, recipe)).isInstanceOf(TaskInterruptedException.class);
    }
    assertThat(lab.task().status()).isEqualTo(Task.Status.CANCELLED);
    lab.assertNoStaging();
  }
}
