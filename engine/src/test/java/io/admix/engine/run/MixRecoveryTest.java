package io.admix.engine.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.admix.core.recipe.Layout;
import io.admix.core.recipe.LinkMethod;
import io.admix.core.recipe.OnError;
import io.admix.core.recipe.Recipe;
import io.admix.engine.StopSignal;
import io.admix.engine.report.RunReport;
import io.admix.files.Sources;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Crashes between the steps of a run. */
class MixRecoveryTest extends RecoveryKit {

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
  void directoriesAreMadeOnce_andParentsFirst() throws Exception {
    lab.assertPublished(
        lab.run(lab.recipe(lab.source("a", 200, 200), lab.source("b", 100, 100))), 300);
    // Staging, two sources, 20 + 10 folders below them.
    assertThat(lab.access.made).hasSize(33);
    assertThat(lab.access.made.values()).allMatch(times -> times == 1);
  }
}
