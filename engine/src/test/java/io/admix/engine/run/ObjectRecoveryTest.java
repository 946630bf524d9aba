package io.admix.engine.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.admix.catalog.Task;
import io.admix.catalog.Tasks;
import io.admix.core.recipe.OnError;
import io.admix.core.recipe.Recipe;
import io.admix.engine.StopSignal;
import io.admix.engine.dataset.DatasetService;
import io.admix.engine.place.Place;
import io.admix.engine.report.RunReport;
import io.admix.engine.run.CrashPoints.Point;
import io.admix.files.FileAccess;
import io.admix.files.object.Mark;
import io.admix.files.object.ObjectKey;
import io.admix.files.object.ObjectPlace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.core.sync.RequestBody;

/** A mix into a place of objects whose runner dies, is cancelled, or is removed. */
final class ObjectRecoveryTest {
  @TempDir Path root;
  private ObjectLab lab;

  @BeforeEach
  void open() throws Exception {
    lab = new ObjectLab(root);
  }

  @AfterEach
  void close() throws Exception {
    lab.close();
  }

  /** Twelve objects and two files: four runs, so that some are recorded when others are not. */
  private Recipe recipe() throws Exception {
    return lab.recipe(lab.objects("a", 12, 12), lab.folder("b", 2, 2));
  }

  private Recipe dies(Point point) throws Exception {
    Recipe recipe = recipe();
    assertThatThrownBy(() -> lab.run(lab.dyingAt(point, 1), recipe)).isInstanceOf(Lab.Crash.class);
    return recipe;
  }

  /** Of two points between which the store is asked nothing, one is enough. */
  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"CREATED", "MANIFEST_WRITTEN"})
  void aRunnerThatDiedAnywhere_isGoneOnWith_andTheMixIsWhole(Point point) throws Exception {
    Recipe recipe = dies(point);
    Map<String, String> before = ObjectLab.all(lab.target);
    RunReport report = lab.run(recipe);
    lab.assertPublished(report, 14);
    // What was made before is found again, not made again.
    assertThat(ObjectLab.all(lab.target)).containsAllEntriesOf(before);
    assertThat(lab.mixes().verify("mix").isClean()).isTrue();
  }

  /** What is about to appear, or has, is not cancelled. */
  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {
        "CREATED",
        "PLAN_SEALED",
        "MANIFEST_WRITTEN",
        "PUBLISHING_STARTED",
        "RENAMED",
        "COMPLETED"
      })
  void aMixThatIsCancelledWhereverItsRunnerDied_leavesNothing(Point point) throws Exception {
    dies(point);
    ObjectLab.put(lab.target, "not/ours.txt", "foreign");
    Cancelled cancelled = lab.mixes().cancel(lab.task().id());
    assertThat(cancelled.task().status()).isEqualTo(Task.Status.CANCELLED);
    assertThat(ObjectLab.all(lab.target)).containsOnlyKeys("not/ours.txt");
    boolean isBegun = point.compareTo(Point.PLACING_STARTED) >= 0;
    assertThat(cancelled.left()).contains(isBegun ? "not/ours.txt" : "");
    lab.assertNoUploads();
  }

  @Test
  void anObjectThatWasReplaced_staysWhenTheMixIsCancelled() throws Exception {
    dies(Point.ALL_PLACED);
    ObjectLab.put(lab.target, "a/d00/f0001.txt", "written over by somebody");
    lab.mixes().cancel(lab.task().id());
    assertThat(ObjectLab.all(lab.target)).containsOnlyKeys("a/d00/f0001.txt");
  }

  @Test
  void theSameBytesPutByTheirOwner_stayWhenTheMixIsCancelled() throws Exception {
    dies(Point.ALL_PLACED);
    String ours = ObjectLab.all(lab.target).get("a/d00/f0001.txt");
    ObjectLab.put(lab.target, "a/d00/f0001.txt", "a 1\n");
    assertThat(ObjectLab.all(lab.target)).containsEntry("a/d00/f0001.txt", ours);
    lab.mixes().cancel(lab.task().id());
    assertThat(ObjectLab.all(lab.target)).containsOnlyKeys("a/d00/f0001.txt");
  }

  @Test
  void objectsThatWereDeletedWhileARunnerWasDead_areMadeAgain() throws Exception {
    Recipe recipe = dies(Point.ALL_PLACED);
    ObjectLab.delete(lab.target, "a/d00/f0004.txt");
    lab.assertPublished(lab.run(recipe), 14);
  }

  @Test
  void anObjectThatWasReplacedBeforeThePublish_keepsItFromBeingPublished() throws Exception {
    Recipe recipe = dies(Point.ALL_PLACED);
    ObjectLab.put(lab.target, "a/d00/f0004.txt", "foreign");
    assertThatThrownBy(() -> lab.run(recipe)).isInstanceOf(TaskFailedException.class);
    assertThat(ObjectLab.all(lab.target)).doesNotContainKey("_ADMIX/manifest.jsonl");
    assertThat(ObjectLab.text(lab.target, "a/d00/f0004.txt")).isEqualTo("foreign");
  }

  @Test
  void aClaimOfAnotherTask_isRefusedByName_andStays() throws Exception {
    dies(Point.PLACING_STARTED);
    Map<String, String> before = new TreeMap<>(ObjectLab.all(lab.target));
    assertThat(before).containsOnlyKeys("_ADMIX/claim.json");
    try (ObjectLab other = new ObjectLab(root.resolve("other"))) {
      other.targetPlace = lab.targetPlace;
      assertThatThrownBy(() -> other.run(other.recipe(other.objects("a", 2, 2))))
          .hasMessageContaining(lab.target.toString())
          .hasMessageContaining("claimed by task " + lab.task().id())
          .hasMessageNotContaining("remove what is");
    }
    assertThat(ObjectLab.all(lab.target)).isEqualTo(before);
  }

  @Test
  void aClaimThatAppearsAfterThePlan_isRefusedByItsTask_andStays() throws Exception {
    Recipe recipe = dies(Point.PLAN_SEALED);
    try (ObjectLab other = new ObjectLab(root.resolve("other"))) {
      other.targetPlace = lab.targetPlace;
      Recipe others = other.recipe(other.objects("a", 2, 2));
      assertThatThrownBy(() -> other.run(other.dyingAt(Point.PLACING_STARTED, 1), others))
          .isInstanceOf(Lab.Crash.class);
      Map<String, String> before = ObjectLab.all(lab.target);
      assertThat(before).containsOnlyKeys("_ADMIX/claim.json");
      assertThatThrownBy(() -> lab.run(recipe))
          .hasMessageContaining("claimed by another task")
          .hasMessageContaining(other.task().id());
      assertThat(ObjectLab.all(lab.target)).isEqualTo(before);
      assertThat(other.run(others).target().files()).isEqualTo(2);
    }
  }

  @Test
  void anObjectThatAppearsAfterThePlan_isRefusedByName_andTheClaimIsTakenBack() throws Exception {
    Recipe recipe = dies(Point.PLAN_SEALED);
    ObjectLab.put(lab.target, "somebody/else.txt", "foreign");
    assertThatThrownBy(() -> lab.run(recipe))
        .hasMessageContaining("not empty")
        .hasMessageContaining("somebody/else.txt");
    assertThat(ObjectLab.all(lab.target)).containsOnlyKeys("somebody/else.txt");
  }

  @Test
  void aReplacedRunnerThatFindsThePlaceFilled_leavesTheClaimToItsSuccessor() throws Exception {
    dies(Point.PLAN_SEALED);
    ObjectLab.put(lab.target, "a/d00/f0001.txt", "by the successor");
    Runnable stillOurs =
        () -> {
          if (ObjectLab.all(lab.target).containsKey("_ADMIX/claim.json")) {
            throw new IllegalStateException("replaced");
          }
        };
    assertThatThrownBy(
            () -> new ObjectTarget(lab.services(), lab.target).make(lab.task(), stillOurs))
        .hasMessage("replaced");
    assertThat(ObjectLab.all(lab.target)).containsKey("_ADMIX/claim.json");
  }

  @Test
  void aMarkerThatArrivesWhenTheMixWasRemoved_isTakenAwayAgain() throws Exception {
    lab.wire.before(
        r -> r.method().equals("PUT") && r.target().contains("_ADMIX/manifest.jsonl"),
        () -> ObjectLab.all(lab.target).keySet().forEach(p -> ObjectLab.delete(lab.target, p)));
    Recipe recipe = recipe();
    assertThatThrownBy(() -> lab.run(recipe)).hasMessageContaining("claim");
    assertThat(ObjectLab.all(lab.target)).isEmpty();
  }

  @Test
  void aClaimThatIsGone_isNeverPutAgain() throws Exception {
    Recipe recipe = dies(Point.RUNS_RECORDED);
    ObjectLab.delete(lab.target, "_ADMIX/claim.json");
    Map<String, String> before = new TreeMap<>(ObjectLab.all(lab.target));
    assertThatThrownBy(() -> lab.run(recipe)).hasMessageContaining("claim.json");
    assertThat(ObjectLab.all(lab.target)).isEqualTo(before);
    lab.mixes().cancel(lab.task().id());
    assertThat(ObjectLab.all(lab.target)).isEmpty();
  }

  @Test
  void aMarkerOfSomebodyElse_isNotTouched_andNothingIsPublished() throws Exception {
    Recipe recipe = dies(Point.ALL_PLACED);
    ObjectLab.put(lab.target, "_ADMIX/manifest.jsonl", "foreign");
    assertThatThrownBy(() -> lab.run(recipe))
        .isInstanceOf(TaskFailedException.class)
        .hasMessageContaining("manifest.jsonl");
    assertThat(ObjectLab.text(lab.target, "_ADMIX/manifest.jsonl")).isEqualTo("foreign");
    ObjectLab.delete(lab.target, "_ADMIX/manifest.jsonl");
    lab.assertPublished(lab.run(recipe), 14);
  }

  @Test
  void aPublishedMix_isRemovedWithItsObjects_andNothingElse() throws Exception {
    lab.run(recipe());
    ObjectLab.put(lab.target, "not/ours.txt", "foreign");
    ObjectLab.put(lab.target, "a/d00/f0003.txt", "written over by somebody");
    ObjectLab.put(lab.target, "a/d00/f0004.txt", "a 4\n");
    assertThat(
            datasets().remove("mix", DatasetService.Files.DELETE, DatasetService.Progress.SILENT))
        .isEqualTo(12);
    assertThat(ObjectLab.all(lab.target))
        .containsOnlyKeys("not/ours.txt", "a/d00/f0003.txt", "a/d00/f0004.txt");
    assertThat(lab.catalog.datasets().find("mix")).isEmpty();
  }

  private DatasetService datasets() {
    return DatasetService.of(
        lab.catalog,
        FileAccess.best(),
        lab.services().objects(),
        lab.settings().stateDir(),
        ZoneOffset.UTC);
  }

  @Test
  void verify_tellsObjectsThatAreMissingReplacedExtraOrDrifted() throws Exception {
    lab.run(recipe());
    assertThat(lab.mixes().verify("mix").isClean()).isTrue();
    ObjectLab.delete(lab.target, "a/d00/f0001.txt");
    ObjectLab.put(lab.target, "a/d00/f0002.txt", "b 2\n");
    ObjectLab.put(lab.target, "a/d00/f0006.txt", "a 6\n");
    ObjectLab.put(lab.target, "extra.txt", "x");
    ObjectLab.put(lab.dataOf("a"), "d00/f0005.txt", "drifted");
    var report = lab.mixes().verify("mix");
    assertThat(report.missing()).isEqualTo(1);
    assertThat(report.damaged()).isEqualTo(2);
    assertThat(report.extra()).isEqualTo(1);
    assertThat(report.drifted()).isEqualTo(1);
    assertThat(report.ok()).isEqualTo(10);
    assertThat(report.problems().toString())
        .contains("f0001", "f0002", "f0006", "extra.txt", "f0005");
    ObjectLab.delete(lab.target, "_ADMIX/manifest.jsonl");
    assertThat(lab.mixes().verify("mix").missing()).isEqualTo(2);
  }

  @Test
  void underSkip_aForeignObjectThatWasMet_isNoExtraThatHindersThePublish_afterACrashEither()
      throws Exception {
    Recipe recipe = lab.recipe(OnError.SKIP, lab.objects("a", 12, 12));
    String[] name = lab.foreignAtFirstCopy();
    assertThatThrownBy(() -> lab.run(lab.dyingAt(Point.ALL_PLACED, 1), recipe))
        .isInstanceOf(Lab.Crash.class);
    assertThat(lab.run(recipe).target().files()).isEqualTo(11);
    assertThat(ObjectLab.text(lab.target, name[0])).isEqualTo("foreign");
  }

  @Test
  void aStopBetweenTwoObjects_leavesATaskThatGoesOn() throws Exception {
    Recipe recipe = recipe();
    StopSignal stop = new StopSignal();
    lab.wire.before(r -> ObjectLab.COPY.test(r) && r.target().contains("/mix/a/"), stop::request);
    assertThatThrownBy(() ->
            lab.mixes()
                .run(
                    new io.admix.engine.recipe.RecipeDocument(recipe, root),
                    java.util.OptionalLong.empty(),
                    RunProgress.Listener.SILENT,
                    stop))
        .isInstanceOf(TaskInterruptedException.class);
    assertThat(lab.task().status()).isEqualTo(Task.Status.PENDING);
    lab.assertPublished(lab.run(recipe), 14);
  }

  @Test
  void aRunnerThatWasReplaced_leavesWhatTheOtherPublished_asItIs() throws Exception {
    Recipe recipe = recipe();
    List<RunReport> published = new ArrayList<>();
    lab.wire.before(
        r -> ObjectLab.COPY.test(r) && r.target().contains("/mix/a/"),
        () -> {
          Tasks tasks = lab.catalog.tasks();
          Tasks.Lease taken =
              tasks
                  .acquire(lab.task().id(), "another", Duration.ofSeconds(30), owner -> true)
                  .orElseThrow();
          tasks.release(taken, Task.Status.PENDING, true, "");
          published.add(runAnother(recipe));
        });
    assertThatThrownBy(() -> lab.run(recipe)).isInstanceOf(TaskInterruptedException.class);
    assertThat(published).hasSize(1);
    lab.assertPublished(published.getFirst(), 14);
    assertThat(lab.mixes().verify("mix").isClean()).isTrue();
  }

  private RunReport runAnother(Recipe recipe) {
    try {
      return lab.run(recipe);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void uploadsInPartsThatAKilledRunnerBegan_areAborted_andThoseOfOthersAreLeft() throws Exception {
    Recipe recipe = dies(Point.RUNS_RECORDED);
    Path journal = lab.settings().stateDir().resolve(lab.task().id()).resolve("uploads.jsonl");
    String ours = begun(lab.target.object("a/d01/f0010.txt"));
    String others = begun(lab.target.object("somebody/else.bin"));
    Files.writeString(
        journal,
        "{\"begun\":\"%s\",\"bucket\":\"%s\",\"key\":\"%s\"}\n{\"begun\":\"cut sho"
            .formatted(ours, lab.target.bucket(), lab.target.object("a/d01/f0010.txt").key()),
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
    assertThat(lab.run(recipe).target().files()).isEqualTo(14);
    assertThat(lab.uploads()).containsExactly(others);
  }

  @Test
  void uploadsWhoseBeginningWasNotNoted_areFoundByTheirKeys_andAborted() throws Exception {
    Recipe recipe = dies(Point.RUNS_RECORDED);
    ObjectKey ours = lab.target.object("a/d01/f0010.txt");
    StoredUploads journal = new StoredUploads(lab.services().state().uploads(lab.task().id()));
    journal.beginning(ours);
    begun(ours);
    String others = begun(lab.target.object("a/d01/f0011.txt"));
    assertThat(lab.run(recipe).target().files()).isEqualTo(14);
    assertThat(lab.uploads()).containsExactly(others);
  }

  private static String begun(ObjectKey key) {
    return ObjectLab.plain()
        .createMultipartUpload(b -> b.bucket(key.bucket()).key(key.key()))
        .uploadId();
  }

  @Test
  void aProbeThatWasKilled_isNoObstacle_andIsRemoved_byWhoeverComesNext() throws Exception {
    killedProbe();
    Recipe recipe = dies(Point.RUNS_RECORDED);
    assertThat(ObjectLab.all(lab.target)).as("by the first").doesNotContainKey(SCRATCH);
    killedProbe();
    lab.assertPublished(lab.run(recipe), 14);
    assertThat(ObjectLab.all(lab.target)).as("by a resume").doesNotContainKey(SCRATCH);
    killedProbe();
    datasets().remove("mix", DatasetService.Files.DELETE, DatasetService.Progress.SILENT);
    assertThat(ObjectLab.all(lab.target)).as("with the mix").isEmpty();
    lab.assertNoUploads();
  }

  @Test
  void aProbeThatWasKilled_goesWithATaskThatIsCancelled() throws Exception {
    dies(Point.PLAN_SEALED);
    killedProbe();
    lab.mixes().cancel(lab.task().id());
    assertThat(ObjectLab.all(lab.target)).isEmpty();
    lab.assertNoUploads();
  }

  private static final String SCRATCH = "_ADMIX/probe-x/1";

  private void killedProbe() {
    ObjectKey key = lab.target.object(SCRATCH);
    ObjectLab.plain()
        .putObject(
            b ->
                b.bucket(key.bucket())
                    .key(key.key())
                    .metadata(Map.of(Mark.NAME, Mark.ofOwn("probe", "x").value())),
            RequestBody.fromString("x"));
    begun(key);
  }

  @Test
  void aStoreThatOverwritesThoughItIsAskedNotTo_isRefused_andNothingIsLeft() throws Exception {
    Recipe recipe = recipe();
    lab.wire.withFirst(
        r -> r.isComplete() && r.target().contains("_ADMIX/probe"),
        9,
        exchange -> exchange.answer(200, "<CompleteMultipartUploadResult/>"));
    lab.wire.withFirst(
        r -> r.isCopy() && r.target().contains("_ADMIX/probe"),
        9,
        exchange ->
            exchange.answer(200, "<CopyObjectResult><ETag>\"x\"</ETag></CopyObjectResult>"));
    assertThatThrownBy(() -> lab.run(recipe)).hasMessageContaining("overwrites objects");
    assertThat(ObjectLab.all(lab.target)).isEmpty();
  }

  @Test
  void aTargetInsideTheClaimOfAnotherMix_isRefused() throws Exception {
    lab.run(recipe());
    try (ObjectLab other = new ObjectLab(root.resolve("other"))) {
      other.targetPlace =
          Place.of(new ObjectPlace(lab.target.bucket(), lab.target.prefix() + "inner/"));
      assertThatThrownBy(() -> other.run(other.recipe(other.objects("a", 2, 2))))
          .hasMessageContaining("lies inside");
    }
    assertThat(lab.mixes().verify("mix").isClean()).isTrue();
  }
}
