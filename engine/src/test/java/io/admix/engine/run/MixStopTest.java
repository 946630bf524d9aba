package io.admix.engine.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.admix.catalog.Task;
import io.admix.core.recipe.Recipe;
import io.admix.engine.RefusedException;
import io.admix.engine.StopSignal;
import io.admix.engine.recipe.RecipeDocument;
import io.admix.engine.report.RunReport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Stops, interrupts, cancels and runners that meet. */
class MixStopTest extends RecoveryKit {

  @Test
  void aStop_leavesAResumableTask_andTheSameCommandGoesOn() throws Exception {
    Recipe recipe = lab.recipe(lab.source("a", 200, 200));
    StopSignal stop = new StopSignal();
    AtomicInteger links = new AtomicInteger();
    lab.access.beforeLink =
        name -> {
          if (links.incrementAndGet() == 50) {
            stop.request();
          }
        };
    MixService mixes = lab.mixes();
    assertThatThrownBy(() ->
            mixes.run(
                new RecipeDocument(recipe, lab.root),
                OptionalLong.empty(),
                RunProgress.Listener.SILENT,
                stop))
        .isInstanceOfSatisfying(
            TaskInterruptedException.class,
            e -> assertThat(e.reason()).isEqualTo(TaskInterruptedException.Cause.STOPPED))
        .hasMessageContaining("admix task resume");
    // The file that was being placed is finished, and no other is begun.
    assertThat(links.get()).isLessThan(50 + 8);
    Task task = lab.task();
    assertThat(task.status()).isEqualTo(Task.Status.PENDING);
    assertThat(task.resumable()).isTrue();
    assertThat(lab.target()).doesNotExist();
    lab.access.beforeLink = name -> {};
    lab.assertPublished(lab.run(recipe), 200);
  }

  @Test
  void anInterrupt_stopsAndLeavesAResumableTask() throws Exception {
    Recipe recipe = lab.recipe(lab.source("a", 100, 100));
    Thread runner = Thread.currentThread();
    AtomicInteger links = new AtomicInteger();
    lab.access.beforeLink =
        name -> {
          if (links.incrementAndGet() == 20) {
            runner.interrupt();
            // The runner waits for its workers by then, or is still reading the plan.
            await(new CountDownLatch(1), 100);
          }
        };
    assertThatThrownBy(() -> lab.run(recipe))
        .isInstanceOf(InterruptedException.class)
        .hasMessageContaining("admix task resume");
    assertThat(Thread.interrupted()).isFalse();
    assertThat(lab.task().status()).isEqualTo(Task.Status.PENDING);
    lab.access.beforeLink = name -> {};
    lab.assertPublished(lab.run(recipe), 100);
  }

  @Test
  void twoRunnersAtOnce_oneMakesIt_theOtherIsToldWho() throws Exception {
    Recipe recipe = lab.recipe(lab.source("a", 100, 100));
    CountDownLatch placing = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    lab.access.beforeLink =
        name -> {
          placing.countDown();
          await(goOn);
        };
    try (ExecutorService pool = Executors.newSingleThreadExecutor()) {
      Future<RunReport> first = pool.submit((Callable<RunReport>) () -> lab.run(recipe));
      assertThat(placing.await(20, TimeUnit.SECONDS)).isTrue();
      Throwable second = catchThrowable(() -> lab.run(recipe));
      goOn.countDown();
      assertThat(second)
          .isInstanceOf(RefusedException.class)
          .hasMessageContaining("process " + ProcessHandle.current().pid())
          .hasMessageContaining("admix task wait " + lab.task().id());
      lab.assertPublished(first.get(), 100);
    }
  }

  @Test
  void manyRunnersAtOnce_makeItOnce() throws Exception {
    Recipe recipe = lab.recipe(lab.source("a", 60, 60));
    List<Future<RunReport>> runs = new ArrayList<>();
    try (ExecutorService pool = Executors.newFixedThreadPool(4)) {
      for (int i = 0; i < 4; i++) {
        runs.add(pool.submit((Callable<RunReport>) () -> lab.run(recipe)));
      }
    }
    List<RunReport> reports = new ArrayList<>();
    for (Future<RunReport> run : runs) {
      Throwable thrown = catchThrowable(() -> reports.add(run.get()));
      if (thrown != null) {
        assertThat(thrown.getCause()).isInstanceOf(RefusedException.class);
      }
    }
    assertThat(reports).isNotEmpty();
    assertThat(reports).filteredOn(report -> !report.unchanged()).hasSize(1);
    lab.assertPublished(reports.getFirst(), 60);
  }

  @Test
  void cancel_removesWhatThePlanMade_andFreesTheName() throws Exception {
    Recipe recipe = crashWhilePlacing();
    Task cancelled = lab.mixes().cancel(lab.task().id()).task();
    assertThat(cancelled.status()).isEqualTo(Task.Status.CANCELLED);
    lab.assertNoStaging();
    assertThat(Lab.files(lab.root.resolve("data"))).hasSize(80);
    lab.assertPublished(lab.run(recipe), 60);
    assertThat(lab.catalog.tasks().list()).hasSize(2);
  }

  @Test
  void cancel_leavesWhatItDidNotMake() throws Exception {
    crashWhilePlacing();
    Path staging = lab.staging(lab.task());
    Files.writeString(staging.resolve("somebody's"), "keep");
    assertThat(lab.mixes().cancel(lab.task().id()).left())
        .contains(staging.toString(), "somebody's");
    assertThat(Lab.files(staging)).containsExactly("somebody's");
  }

  @Test
  void cancel_ofARunningTask_isDoneByItsRunner() throws Exception {
    Recipe recipe = lab.recipe(lab.source("a", 100, 100));
    CountDownLatch placing = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    lab.access.beforeLink =
        name -> {
          placing.countDown();
          await(goOn);
        };
    try (ExecutorService pool = Executors.newSingleThreadExecutor()) {
      Future<RunReport> run = pool.submit((Callable<RunReport>) () -> lab.run(recipe));
      assertThat(placing.await(20, TimeUnit.SECONDS)).isTrue();
      String id = lab.task().id();
      assertThat(lab.mixes().cancel(id).task().cancelRequested()).isTrue();
      // The lease keeper looks twice a second; the next file is begun only after it has seen the
      // cancel.
      lab.access.beforeLink = name -> awaitCancelSeen(id);
      goOn.countDown();
      assertThat(catchThrowable(run::get).getCause())
          .isInstanceOfSatisfying(
              TaskInterruptedException.class,
              e -> assertThat(e.reason()).isEqualTo(TaskInterruptedException.Cause.CANCELLED));
      assertThat(lab.mixes().await(id, Duration.ofSeconds(5)).status())
          .isEqualTo(Task.Status.CANCELLED);
    }
    lab.assertNoStaging();
    assertThat(lab.target()).doesNotExist();
    assertThat(Lab.files(lab.root.resolve("data"))).hasSize(100);
  }

  @Test
  void delete_ofAFinishedTaskKeepsTheDataset_andItCanStillBeVerified() throws Exception {
    RunReport report = lab.run(lab.recipe(lab.source("a", 40, 40)));
    lab.mixes().delete(report.taskId());
    assertThat(lab.catalog.tasks().list()).isEmpty();
    assertThat(Lab.files(lab.target())).hasSize(40);
    assertThat(lab.mixes().verify("mix").ok()).isEqualTo(40);
  }

  @Test
  void delete_ofAnUnfinishedTaskCancelsIt() throws Exception {
    crashWhilePlacing();
    lab.mixes().delete(lab.task().id());
    assertThat(lab.catalog.tasks().list()).isEmpty();
    lab.assertNoStaging();
  }

  @Test
  void cancel_ofAPublishingTaskAnswersFinishing() throws Exception {
    Recipe recipe = lab.recipe(lab.source("a", 40, 40));
    MixService dying = lab.dyingAt(CrashPoints.Point.RENAMED);
    assertThatThrownBy(() -> lab.run(dying, recipe)).isInstanceOf(Lab.Crash.class);
    assertThatThrownBy(() -> lab.mixes().cancel(lab.task().id()))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("finishing");
    lab.assertPublished(lab.run(recipe), 40);
  }
}
