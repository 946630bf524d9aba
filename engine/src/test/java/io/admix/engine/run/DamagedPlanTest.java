package io.admix.engine.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.admix.catalog.Task;
import io.admix.core.recipe.Recipe;
import io.admix.engine.RefusedException;
import io.admix.engine.StopSignal;
import io.admix.engine.fuzz.Damage;
import io.admix.engine.plan.InvalidPlanException;
import io.admix.engine.plan.PlanProgress;
import io.admix.engine.plan.SealedPlan;
import io.admix.engine.recipe.RecipeDocument;
import io.admix.engine.settings.CopySettings;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A plan that is not the sealed one is refused, not guessed at; nothing is made or deleted by it.
 */
class DamagedPlanTest {
  @TempDir Path folder;
  private Lab lab;

  @BeforeEach
  void open() throws Exception {
    lab = new Lab(folder.toRealPath());
    lab.copy = new CopySettings(8, 128, 4.0, 32L << 20, 0.2, true, 10, 1, true);
  }

  @AfterEach
  void close() {
    lab.close();
  }

  @Test
  void everyChange_isRefusedWithFileReasonAndAdvice() throws Exception {
    byte[] whole = Files.readAllBytes(sealed(lab.recipe(lab.source("a", 6, 4))));
    Path copy = lab.root.resolve("copy.jsonl");
    for (Damage damage : (Iterable<Damage>) Damage.of(whole)::iterator) {
      Files.write(copy, damage.bytes());
      assertThatThrownBy(() -> SealedPlan.open(copy).close())
          .as(damage.what())
          .isInstanceOf(InvalidPlanException.class)
          .hasMessageContaining("plan " + copy + " ")
          .hasMessageContaining("`admix plan");
    }
    Files.write(copy, whole);
    SealedPlan.open(copy).close();
  }

  @Test
  void anOlderOrNewerVersion_isNamed() throws Exception {
    Path plan = sealed(lab.recipe(lab.source("a", 6, 4)));
    String whole = Files.readString(plan);
    for (String version : new String[] {"0", "2", "10", "-1"}) {
      Files.writeString(
          plan, whole.replace("{\"admixPlan\":1,", "{\"admixPlan\":" + version + ","));
      assertThatThrownBy(() -> run(plan))
          .isInstanceOf(InvalidPlanException.class)
          .hasMessageContaining("version " + version + ", this Admix reads version 1")
          .hasMessageContaining(plan.toString());
      assertThat(lab.catalog.tasks().list()).isEmpty();
    }
    Files.writeString(plan, whole);
    lab.assertPublished(run(plan), 4);
  }

  @Test
  void whenPlacingHadBegun_neitherResumeNorCancelNorDeleteGoesByIt() throws Exception {
    Recipe recipe = lab.recipe(lab.source("a", 40, 30));
    MixService dying = lab.dyingAt(CrashPoints.Point.RUNS_RECORDED);
    assertThatThrownBy(() -> lab.run(dying, recipe)).isInstanceOf(Lab.Crash.class);
    Task task = lab.task();
    Path plan = planOf(task);
    byte[] whole = Files.readAllBytes(plan);
    Set<String> placed = Lab.files(lab.staging(task));
    assertThat(placed).isNotEmpty();
    for (Damage damage : Damage.some(whole, 12)) {
      Files.write(plan, damage.bytes());
      assertThatThrownBy(
              () -> lab.mixes().resume(task.id(), RunProgress.Listener.SILENT, new StopSignal()))
          .as(damage.what())
          .isInstanceOf(TaskFailedException.class)
          .hasMessageContaining(plan.toString())
          .hasMessageContaining("sealed plan of this task cannot be used");
      assertGivesNothingUp(task, damage.what());
      assertThat(Lab.files(lab.staging(task))).as(damage.what()).isEqualTo(placed);
    }
    Files.write(plan, whole);
    lab.assertPublished(lab.run(recipe), 30);
  }

  @Test
  void aSealedPlanOfAnotherMix_deletesNothing() throws Exception {
    Path other = sealed(lab.recipe(lab.source("a", 40, 29)));
    Recipe recipe = lab.recipe(lab.source("a", 40, 30));
    MixService dying = lab.dyingAt(CrashPoints.Point.RUNS_RECORDED);
    assertThatThrownBy(() -> lab.run(dying, recipe)).isInstanceOf(Lab.Crash.class);
    Task task = lab.task();
    Set<String> placed = Lab.files(lab.staging(task));
    Files.write(planOf(task), Files.readAllBytes(other));
    assertThatThrownBy(() -> lab.run(recipe))
        .isInstanceOf(TaskFailedException.class)
        .hasMessageContaining("not the one that was begun");
    assertGivesNothingUp(task, "the plan of another mix");
    assertThat(Lab.files(lab.staging(task))).isEqualTo(placed);
  }

  @Test
  void withoutAnyPlan_removingStagingByHandLetsTheTaskBeCancelled() throws Exception {
    Recipe recipe = lab.recipe(lab.source("a", 40, 30));
    MixService dying = lab.dyingAt(CrashPoints.Point.RUNS_RECORDED);
    assertThatThrownBy(() -> lab.run(dying, recipe)).isInstanceOf(Lab.Crash.class);
    Task task = lab.task();
    Files.delete(planOf(task));
    assertGivesNothingUp(task, "no plan");
    removeTree(lab.staging(task));
    assertThat(lab.mixes().cancel(task.id()).task().status()).isEqualTo(Task.Status.CANCELLED);
    lab.assertPublished(lab.run(recipe), 30);
  }

  @Test
  void aPlanThatWasGivenAndIsDamagedBeforeItIsBegun_isNotReplacedByAnother() throws Exception {
    Path given = sealed(lab.recipe(lab.source("a", 40, 30)));
    MixService dying = lab.dyingAt(CrashPoints.Point.CREATED);
    assertThatThrownBy(() -> dying.run(given, RunProgress.Listener.SILENT, new StopSignal()))
        .isInstanceOf(Lab.Crash.class);
    Task task = lab.task();
    byte[] whole = Files.readAllBytes(planOf(task));
    whole[whole.length / 2] ^= 1;
    Files.write(planOf(task), whole);
    assertThatThrownBy(
            () -> lab.mixes().resume(task.id(), RunProgress.Listener.SILENT, new StopSignal()))
        .isInstanceOf(TaskFailedException.class)
        .hasMessageContaining("nothing was placed")
        .hasMessageContaining("admix task cancel " + task.id());
    assertThat(lab.planner.plans()).as("plans made").isEqualTo(1);
    lab.assertPublished(run(given), 30);
  }

  /** Cancel and delete answer what to do, and leave task and staging as they are. */
  private void assertGivesNothingUp(Task task, String what) {
    assertThatThrownBy(() -> lab.mixes().cancel(task.id()))
        .as(what)
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("nothing was removed")
        .hasMessageContaining(lab.staging(task).toString());
    assertThatThrownBy(() -> lab.mixes().delete(task.id()))
        .as(what)
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("nothing was removed");
    assertThat(lab.task().resumable()).isTrue();
  }

  private Path sealed(Recipe recipe) throws Exception {
    Path plan = lab.root.resolve("plan-%d.jsonl".formatted(recipe.hashCode()));
    lab.mixes()
        .plan(
            new RecipeDocument(recipe, lab.root), OptionalLong.empty(), plan, PlanProgress.SILENT);
    return plan;
  }

  private io.admix.engine.report.RunReport run(Path plan) throws Exception {
    return lab.mixes().run(plan, RunProgress.Listener.SILENT, new StopSignal());
  }

  private Path planOf(Task task) {
    return new StateFolder(lab.settings().stateDir()).plan(task.id());
  }

  private static void removeTree(Path top) throws IOException {
    Files.walkFileTree(
        top,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes facts)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path dir, IOException e) throws IOException {
            Files.delete(dir);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
