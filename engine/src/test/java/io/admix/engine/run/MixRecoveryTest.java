package io.admix.engine.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.admix.catalog.Task;
import io.admix.core.recipe.Layout;
import io.admix.core.recipe.LinkMethod;
import io.admix.core.recipe.OnError;
import io.admix.core.recipe.Recipe;
import io.admix.engine.RefusedException;
import io.admix.engine.StopSignal;
import io.admix.engine.recipe.RecipeDocument;
import io.admix.engine.report.RunReport;
import io.admix.engine.settings.CopySettings;
import io.admix.files.Sources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MixRecoveryTest {
  @TempDir Path folder;
  private Lab lab;

  @BeforeEach
  void open() throws Exception {
    lab = openLab(folder.toRealPath());
    // One row is a batch: each run is a transaction of its own, so that crashes fall between many
    // of them.
    lab.copy = new CopySettings(8, 128, 4.0, 32L << 20, 0.2, true, 10, 1, true);
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
  @EnumSource(CrashPoints.Point.class)
  void aCrashAnywhere_isFinishedByTheNextRun(CrashPoints.Point point) throws Exception {
    Recipe recipe =
        lab.recipe(
            Layout.BY_SOURCE,
            LinkMethod.HARDLINK,
            OnError.FAIL,
            lab.source("a", 80, 60),
            lab.source("b", 40, 30));
    MixService dying = lab.dyingAt(point);
    assertThatThrownBy(() -> lab.run(dying, recipe)).isInstanceOf(Lab.Crash.class);
    RunReport report = lab.run(recipe);
    assertThat(report.unchanged()).isEqualTo(point == CrashPoints.Point.COMPLETED);
    lab.assertPublished(report, 90);
    assertThat(lab.catalog.tasks().list()).hasSize(1);
    assertThat(report.sources()).extracting("achieved").containsExactly(60L, 30L);
    assertThat(report.methods().get(LinkMethod.HARDLINK).files()).isEqualTo(90);
    assertThat(report.methods().get(LinkMethod.HARDLINK).bytes())
        .isEqualTo(report.target().bytes());
  }

  @ParameterizedTest
  @EnumSource(CrashPoints.Point.class)
  void aCrashWhileCopying_leavesWholeFilesOnly(CrashPoints.Point point) throws Exception {
    Recipe recipe = lab.recipe(Layout.FLAT, LinkMethod.COPY, OnError.SKIP, lab.source("a", 80, 60));
    MixService dying = lab.dyingAt(point);
    assertThatThrownBy(() -> lab.run(dying, recipe)).isInstanceOf(Lab.Crash.class);
    lab.assertPublished(lab.run(recipe), 60);
  }

  @Test
  void recordedRunsAreNotPlacedAgain() throws Exception {
    Recipe recipe = lab.recipe(lab.source("a", 80, 80));
    AtomicInteger links = new AtomicInteger();
    lab.access.beforeLink = name -> links.incrementAndGet();
    MixService dying = lab.dyingAt(CrashPoints.Point.ALL_PLACED);
    assertThatThrownBy(() -> lab.run(dying, recipe)).isInstanceOf(Lab.Crash.class);
    assertThat(links.getAndSet(0)).isEqualTo(80);
    lab.assertPublished(lab.run(recipe), 80);
    assertThat(links).hasValue(0);
    assertThat(lab.planner.plans()).isEqualTo(1);
  }

  @Test
  void afterAReboot_runsRecordedBeforeItAreLookedAtAgain() throws Exception {
    Recipe recipe = lab.recipe(lab.source("a", 80, 60));
    MixService dying = lab.dyingAt(CrashPoints.Point.ALL_PLACED);
    assertThatThrownBy(() -> lab.run(dying, recipe)).isInstanceOf(Lab.Crash.class);
    // The power went: two links that were recorded never reached the disk.
    Path staging = lab.staging(lab.task());
    Files.delete(staging.resolve("a/d00/f0003.txt"));
    Files.delete(staging.resolve("a/d05/f0055.txt"));
    assertThat(lab.sql("UPDATE {admix}receipts SET boot_id = 'the boot before'")).isEqualTo(6);
    RunReport report = lab.run(recipe);
    lab.assertPublished(report, 60);
  }

  @Test
  void whatAKilledCopyLeftHalfMade_isNotPublished() throws Exception {
    Recipe recipe = crashWhilePlacing();
    Path staging = lab.staging(lab.task());
    Files.createDirectories(staging.resolve("a/d00/.admix-5678.part"));
    Files.writeString(staging.resolve("a/d00/.admix-1234.part"), "half a fi");
    lab.assertPublished(lab.run(recipe), 60);
    assertThat(lab.target().resolve("a/d00/.admix-5678.part")).doesNotExist();
  }

  @Test
  void aCrashOfReplace_endsAsIfThereHadBeenNone() throws Exception {
    Recipe recipe =
        lab.recipe(Layout.BY_SOURCE, LinkMethod.HARDLINK, OnError.REPLACE, lab.source("a", 60, 40));
    lab.crash =
        point -> {
          if (point == CrashPoints.Point.PLAN_SEALED) {
            deleteOrFail(lab.sourceFile("a", 3));
          }
          if (point == CrashPoints.Point.ALL_PLACED) {
            throw new Lab.Crash(point);
          }
        };
    MixService dying = lab.mixes();
    lab.crash = CrashPoints.NONE;
    assertThatThrownBy(() -> lab.run(dying, recipe)).isInstanceOf(Lab.Crash.class);
    Sources.changed(lab.sourceFile("a", 3));
    RunReport report = lab.run(recipe);
    lab.assertPublished(report, 40);
    assertThat(report.failuresTotal()).isEqualTo(1);
    assertThat(Lab.files(lab.target()))
        .contains("a/d04/f0040.txt")
        .doesNotContain("a/d04/f0041.txt");
  }

  private static void deleteOrFail(Path file) {
    try {
      Files.delete(file);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

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
  void resumeById_goesOn_andAgainIsUnchanged() throws Exception {
    Recipe recipe = lab.recipe(lab.source("a", 40, 40));
    MixService dying = lab.dyingAt(CrashPoints.Point.RUNS_RECORDED);
    assertThatThrownBy(() -> lab.run(dying, recipe)).isInstanceOf(Lab.Crash.class);
    String id = lab.task().id();
    lab.assertPublished(lab.mixes().resume(id, RunProgress.Listener.SILENT, new StopSignal()), 40);
    assertThat(lab.mixes().resume(id, RunProgress.Listener.SILENT, new StopSignal()).unchanged())
        .isTrue();
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
  void aStagingFolderThatVanished_isNeverMadeAgain() throws Exception {
    Recipe recipe = crashWhilePlacing();
    Path staging = lab.staging(lab.task());
    Path away = lab.root.resolve("away");
    Files.move(staging, away);
    Set<String> before = Lab.files(away);
    assertThatThrownBy(() -> lab.run(recipe))
        .isInstanceOfSatisfying(
            TaskFailedException.class, e -> assertThat(e.isResumable()).isTrue())
        .hasMessageContaining("is gone");
    assertThat(staging).doesNotExist();
    assertThat(Lab.files(away)).isEqualTo(before);
    Files.move(away, staging);
    lab.assertPublished(lab.run(recipe), 60);
  }

  @ParameterizedTest
  @EnumSource(
      value = LinkMethod.class,
      names = {"HARDLINK", "SYMLINK", "COPY"})
  void filesDeletedFromStagingInMidRun_areNeverPublishedAsMissing_andTheNextRunMakesThem(
      LinkMethod method) throws Exception {
    Recipe recipe = lab.recipe(Layout.BY_SOURCE, method, OnError.FAIL, lab.source("a", 60, 60));
    lab.crash =
        at -> {
          if (at == CrashPoints.Point.ALL_PLACED) {
            deleteOrFail(lab.staging(lab.task()).resolve("a/d01/f0011.txt"));
          }
        };
    MixService robbed = lab.mixes();
    lab.crash = CrashPoints.NONE;
    assertThatThrownBy(() -> lab.run(robbed, recipe))
        .isInstanceOfSatisfying(
            TaskFailedException.class, e -> assertThat(e.isResumable()).isTrue())
        .hasMessageContaining("holds 59 files, but 60 were placed");
    assertThat(lab.target()).doesNotExist();
    lab.assertPublished(lab.run(recipe), 60);
  }

  @Test
  void aStagingFolderThatIsAnother_isNotTouched() throws Exception {
    Recipe recipe = crashWhilePlacing();
    Path staging = lab.staging(lab.task());
    Files.move(staging, lab.root.resolve("away"));
    Files.createDirectories(staging);
    Files.writeString(staging.resolve("somebody's"), "keep");
    assertThatThrownBy(() -> lab.run(recipe))
        .isInstanceOf(TaskFailedException.class)
        .hasMessageContaining("is not the one that this task made");
    assertThat(Lab.files(staging)).containsExactly("somebody's");
    assertThatThrownBy(() -> lab.mixes().cancel(lab.task().id()))
        .isInstanceOf(RefusedException.class);
    assertThat(Lab.files(staging)).containsExactly("somebody's");
  }

  @Test
  void aFullStagingFolderBeforePlacing_isNotAdopted() throws Exception {
    Recipe recipe = lab.recipe(lab.source("a", 40, 40));
    MixService dying = lab.dyingAt(CrashPoints.Point.STAGING_MADE);
    assertThatThrownBy(() -> lab.run(dying, recipe)).isInstanceOf(Lab.Crash.class);
    Path staging = lab.staging(lab.task());
    Files.writeString(staging.resolve("somebody's"), "keep");
    assertThatThrownBy(() -> lab.run(recipe))
        .isInstanceOf(TaskFailedException.class)
        .hasMessageContaining("not empty");
    assertThat(Lab.files(staging)).containsExactly("somebody's");
  }

  @Test
  void aTargetThatAppearedMeanwhile_isNotTouched_andTheTaskGoesOnWhenItIsGone() throws Exception {
    Recipe recipe = crashWhilePlacing();
    Files.createDirectories(lab.target());
    Files.writeString(lab.target().resolve("somebody's"), "keep");
    assertThatThrownBy(() -> lab.run(recipe))
        .isInstanceOf(TaskFailedException.class)
        .hasMessageContaining("appeared");
    assertThat(Lab.files(lab.target())).containsExactly("somebody's");
    assertThat(lab.catalog.datasets().find("mix")).isEmpty();
    Files.delete(lab.target().resolve("somebody's"));
    Files.delete(lab.target());
    lab.assertPublished(lab.run(recipe), 60);
  }

  @Test
  void aPlanThatWasEditedWhilePlacing_isRefused() throws Exception {
    Recipe recipe = crashWhilePlacing();
    Path plan = lab.settings().stateDir().resolve(lab.task().id()).resolve("plan.jsonl");
    Files.writeString(plan, Files.readString(plan).replace("f0001", "f0002"));
    assertThatThrownBy(() -> lab.run(recipe)).isInstanceOf(TaskFailedException.class);
    assertThat(lab.target()).doesNotExist();
  }

  @ParameterizedTest
  @EnumSource(
      value = CrashPoints.Point.class,
      names = {"RUNS_RECORDED", "PUBLISHING_STARTED"})
  void aPlanWithOneByteFlipped_isRefusedByTheNextRunner(CrashPoints.Point point) throws Exception {
    Recipe recipe = lab.recipe(lab.source("a", 60, 60));
    MixService dying = lab.dyingAt(point);
    assertThatThrownBy(() -> lab.run(dying, recipe)).isInstanceOf(Lab.Crash.class);
    Path plan = lab.settings().stateDir().resolve(lab.task().id()).resolve("plan.jsonl");
    byte[] sealed = Files.readAllBytes(plan);
    int at = new Random(1).nextInt(sealed.length);
    byte[] flipped = sealed.clone();
    flipped[at] ^= 1;
    Files.write(plan, flipped);
    assertThatThrownBy(() -> lab.run(recipe))
        .as("byte %d flipped", at)
        .isInstanceOf(TaskFailedException.class)
        .hasMessageContaining("sealed plan");
    assertThat(lab.target()).doesNotExist();
    Files.write(plan, sealed);
    lab.assertPublished(lab.run(recipe), 60);
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

  @Test
  void aSourceThatIsGoneAsAWhole_stopsTheTaskEvenUnderSkip() throws Exception {
    Recipe recipe =
        lab.recipe(Layout.BY_SOURCE, LinkMethod.HARDLINK, OnError.SKIP, lab.source("a", 40, 40));
    MixService dying = lab.dyingAt(CrashPoints.Point.PLACING_STARTED);
    assertThatThrownBy(() -> lab.run(dying, recipe)).isInstanceOf(Lab.Crash.class);
    Files.move(lab.root.resolve("data/a"), lab.root.resolve("unmounted"));
    assertThatThrownBy(() -> lab.run(recipe))
        .isInstanceOfSatisfying(
            TaskFailedException.class, e -> assertThat(e.isResumable()).isTrue())
        .hasMessageContaining("source 'a'");
    Files.move(lab.root.resolve("unmounted"), lab.root.resolve("data/a"));
    lab.assertPublished(lab.run(recipe), 40);
  }

  @Test
  void aForeignFileUnderAPlannedName_isAConflict_andIsKept() throws Exception {
    Recipe recipe = crashWhilePlacing();
    Path staging = lab.staging(lab.task());
    Path planned = missingIn(staging, "a", 60);
    Files.createDirectories(planned.getParent());
    Path foreign = Files.writeString(lab.root.resolve("foreign"), "somebody's");
    // A second name of another file is neither a link nor a copy that the plan asks for.
    Files.createLink(planned, foreign);
    assertThatThrownBy(() -> lab.run(recipe))
        .isInstanceOfSatisfying(
            TaskFailedException.class,
            e -> assertThat(e.failures().getFirst().reason()).isEqualTo("CONFLICT"));
    assertThat(planned).hasContent("somebody's");
    lab.mixes().cancel(lab.task().id());
    assertThat(planned).hasContent("somebody's");
    assertThat(Lab.files(staging)).hasSize(1);
  }

  @Test
  void directoriesAreMadeOnce_andParentsFirst() throws Exception {
    lab.assertPublished(
        lab.run(lab.recipe(lab.source("a", 200, 200), lab.source("b", 100, 100))), 300);
    // Staging, two sources, 20 + 10 folders below them.
    assertThat(lab.access.made).hasSize(33);
    assertThat(lab.access.made.values()).allMatch(times -> times == 1);
  }

  /** A run of 60 of 80 files that died after its first transaction. */
  private Recipe crashWhilePlacing() throws Exception {
    Recipe recipe = lab.recipe(lab.source("a", 80, 60));
    MixService dying = lab.dyingAt(CrashPoints.Point.RUNS_RECORDED);
    assertThatThrownBy(() -> lab.run(dying, recipe)).isInstanceOf(Lab.Crash.class);
    return recipe;
  }

  private Path missingIn(Path staging, String source, int planned) throws IOException {
    Set<String> there = Lab.files(staging);
    for (int i = planned - 1; i >= 0; i--) {
      String path = "%s/d%02d/f%04d.txt".formatted(source, i / 10, i);
      if (!there.contains(path)) {
        return staging.resolve(path);
      }
    }
    throw new IllegalStateException("everything was placed before the crash: " + there);
  }

  private void awaitCancelSeen(String id) {
    // Longer than the keeper's half second, bounded: without a keeper that looks, the run would end
    // as a success.
    await(new CountDownLatch(1), 700);
  }

  private static void await(CountDownLatch latch) {
    await(latch, 20_000);
  }

  private static void await(CountDownLatch latch, long ms) {
    try {
      boolean done = latch.await(ms, TimeUnit.MILLISECONDS);
      assertThat(done || ms < 1_000).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
