package io.admix.engine.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.admix.core.recipe.Recipe;
import io.admix.engine.StopSignal;
import io.admix.engine.plan.InvalidPlanException;
import io.admix.engine.plan.PlanProgress;
import io.admix.engine.recipe.RecipeDocument;
import java.nio.file.Path;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Plan files, ids and paths that a stranger wrote, under a good seal: nothing is made outside of
 * the target that they name, and nothing is removed outside of the state folder.
 */
class StrangerPlanTest {
  @TempDir Path folder;
  private Lab lab;
  private Canary canary;

  @BeforeEach
  void open() throws Exception {
    lab = new Lab(folder.toRealPath());
    canary = Canary.in(lab.root);
  }

  @AfterEach
  void close() {
    lab.close();
  }

  private Path plan() throws Exception {
    Recipe recipe = lab.recipe(lab.source("a", 12, 12));
    Path file = lab.root.resolve("stranger.plan");
    lab.mixes()
        .plan(
            new RecipeDocument(recipe, lab.root), OptionalLong.empty(), file, PlanProgress.SILENT);
    return file;
  }

  private static void reseal(Path plan, String from, String to) throws Exception {
    SealedByStranger.reseal(plan, from, to, "fileSha256");
  }

  private void run(Path plan) throws Exception {
    lab.mixes().run(plan, RunProgress.Listener.SILENT, new StopSignal());
  }

  @Test
  void aPlanSealedAgain_isExecutedAtTheTargetThatItNames() throws Exception {
    Path plan = plan();
    reseal(plan, "out/mix\"", "elsewhere/mix\"");
    run(plan);
    assertThat(Lab.files(lab.root.resolve("elsewhere/mix"))).hasSize(12);
    assertThat(lab.root.resolve("out")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"out/../outside/mix", "out/./mix", "out//mix", "out/mix/", "out/m\\u0000"})
  void aTargetThatIsNotWhatItSeems_isRefusedByName(String target) throws Exception {
    Path plan = plan();
    reseal(plan, "out/mix\"", target + "\"");
    assertThatThrownBy(() -> run(plan))
        .isInstanceOf(InvalidPlanException.class)
        .hasMessageContaining("stranger.plan");
    assertThat(lab.root.resolve("out")).doesNotExist();
    assertThat(lab.catalog.tasks().list()).isEmpty();
    canary.assertUntouched();
  }

  @Test
  void aRelativeTarget_isRefusedByName() throws Exception {
    Path plan = plan();
    reseal(plan, lab.target().toString(), "out/mix");
    assertThatThrownBy(() -> run(plan))
        .isInstanceOf(InvalidPlanException.class)
        .hasMessageContaining("stranger.plan")
        .hasMessageContaining("absolute");
    canary.assertUntouched();
  }

  @ParameterizedTest
  @ValueSource(strings = {"../outside", "..", ".", "a/b", ""})
  void aNameThatIsAPath_isRefused(String name) throws Exception {
    Path plan = plan();
    reseal(plan, "\"name\":\"mix\"", "\"name\":\"" + name + "\"");
    assertThatThrownBy(() -> run(plan)).isInstanceOf(Exception.class);
    assertThat(lab.root.resolve("out")).doesNotExist();
    canary.assertUntouched();
  }

  @Test
  void anExistingTarget_isNeverWrittenTo() throws Exception {
    Path plan = plan();
    reseal(plan, lab.target().toString(), canary.path().toString());
    assertThatThrownBy(() -> run(plan)).hasMessageContaining("exists");
    canary.assertUntouched();
  }

  @ParameterizedTest
  @ValueSource(strings = {"../../outside", "ABSOLUTE", "..", "."})
  void aTaskIdThatIsAPath_leadsNowhere(String id) throws Exception {
    lab.run(lab.recipe(lab.source("a", 12, 12)));
    String bad = id.replace("ABSOLUTE", canary.path().toString());
    lab.sql("UPDATE {admix}tasks SET id = '" + bad + "'");
    assertThatThrownBy(() -> lab.mixes().delete(bad))
        .hasMessageContaining("is no name of a folder")
        .hasMessageContaining("nothing was touched");
    lab.sql("UPDATE {admix}tasks SET status = 'PENDING', phase = 'PLANNING'");
    assertThatThrownBy(() -> lab.mixes().resume(bad, RunProgress.Listener.SILENT, new StopSignal()))
        .isInstanceOf(TaskFailedException.class)
        .hasMessageContaining("is no name of a folder");
    canary.assertUntouched();
    assertThat(lab.root.resolve("home/state")).isDirectory();
  }

  @Test
  void aTargetPathInTheCatalogueThatIsNone_endsTheRunWithAMessage_andGivesTheTaskBack()
      throws Exception {
    Recipe recipe = lab.recipe(lab.source("a", 12, 12));
    assertThatThrownBy(() -> lab.run(lab.dyingAt(CrashPoints.Point.ALL_PLACED), recipe))
        .isInstanceOf(Lab.Crash.class);
    lab.sql("UPDATE {admix}tasks SET target_path = 'bad' || char(0) || 'path'");
    assertThatThrownBy(() ->
            lab.mixes().resume(lab.task().id(), RunProgress.Listener.SILENT, new StopSignal()))
        .isInstanceOf(TaskFailedException.class);
    assertThat(lab.task().runner()).isNull();
    canary.assertUntouched();
  }
}
