package io.admix.engine.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.admix.core.recipe.Layout;
import io.admix.core.recipe.LinkMethod;
import io.admix.core.recipe.OnError;
import io.admix.core.recipe.Recipe;
import io.admix.engine.RefusedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Somebody changes plan, staging or target between two attempts. */
class MixTamperingTest extends RecoveryKit {

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
  void aForeignFileUnderAPlannedName_isAConflict_andIsKept() throws Exception {
    Recipe recipe = lab.recipe(lab.source("a", 80, 60));
    // Each of the workers dies at the end of its first run: others are never begun.
    MixService dying = lab.dyingAt(CrashPoints.Point.RUN_PLACED);
    assertThatThrownBy(() -> lab.run(dying, recipe)).isInstanceOf(Lab.Crash.class);
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
}
