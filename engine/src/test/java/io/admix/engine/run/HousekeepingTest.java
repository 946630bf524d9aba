package io.admix.engine.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.admix.catalog.Actor;
import io.admix.catalog.Catalog;
import io.admix.catalog.CatalogException;
import io.admix.catalog.CatalogUnavailableException;
import io.admix.catalog.CommitUnknownException;
import io.admix.catalog.Ids;
import io.admix.catalog.TaskOrigin;
import io.admix.catalog.TaskQueue;
import io.admix.core.recipe.Recipe;
import io.admix.engine.StopSignal;
import io.admix.engine.plan.PlanProgress;
import io.admix.engine.recipe.RecipeDocument;
import io.admix.engine.report.RunReport;
import io.admix.engine.settings.Settings;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What dead processes leave in the state folder is removed by its owner's rules and never by guess;
 * old plans are kept for a stated time; what can go on keeps everything.
 */
class HousekeepingTest {
  @TempDir Path folder;
  private Lab lab;
  private Recipe recipe;
  private Duration keep = Duration.ofDays(30);

  @BeforeEach
  void open() throws Exception {
    lab = new Lab(folder.toRealPath());
    recipe = lab.recipe(lab.source("a", 30, 30));
  }

  @AfterEach
  void close() {
    lab.close();
  }

  private StateFolder state() {
    return new StateFolder(lab.settings().stateDir());
  }

  private MixService mixes() {
    Settings s = lab.settings();
    Settings keeping =
        new Settings(
            s.home(),
            s.databaseUrl(),
            s.databaseUser(),
            s.databasePassword(),
            s.stateDir(),
            s.zone(),
            s.copy(),
            s.leaseSeconds(),
            keep);
    return new MixService(
        new Services(
            lab.catalog, lab.access, keeping, state(), lab.planner::plan, CrashPoints.NONE));
  }

  /** Housekeeping comes before everything else, also before a run that is then refused. */
  private void runOfAnything() {
    assertThatThrownBy(
            () -> mixes().resume("no such task", RunProgress.Listener.SILENT, new StopSignal()))
        .hasMessageContaining("There is no task");
  }

  private void makeOlder(String taskId, Duration age) throws Exception {
    Instant then = Instant.now().minus(age);
    lab.sql(
        "UPDATE {admix}tasks SET updated_at = %d WHERE id = '%s'"
            .formatted(then.toEpochMilli() * 1_000, taskId));
    Files.setLastModifiedTime(state().plan(taskId), FileTime.from(then));
  }

  @Test
  void thePlanOfAPublishedMix_isKeptForTheStatedTime_andItsManifestAsLongAsTheDataset()
      throws Exception {
    RunReport report = lab.run(recipe);
    makeOlder(report.taskId(), keep.minusHours(1));
    runOfAnything();
    assertThat(state().plan(report.taskId())).exists();

    makeOlder(report.taskId(), keep.plusHours(1));
    Files.writeString(state().folder(report.taskId()).resolve(".plan.jsonl.77.part"), "half");
    runOfAnything();
    assertThat(StateFolder.entries(state().folder(report.taskId())))
        .containsExactly(state().manifest(report.taskId()));
    assertThat(mixes().verify("mix").isClean()).isTrue();
    assertThat(lab.run(recipe).unchanged()).isTrue();
    assertThat(mixes().leftovers()).isEmpty();
  }

  @Test
  void withoutAnyTime_thePlanGoesWithTheEndOfTheRun() throws Exception {
    keep = Duration.ZERO;
    RunReport report = lab.run(mixes(), recipe);
    assertThat(StateFolder.entries(state().folder(report.taskId())))
        .containsExactly(state().manifest(report.taskId()));
    lab.assertPublished(report, 30);
  }

  @ParameterizedTest
  @ValueSource(strings = {"PLAN_SEALED", "PLACING_STARTED", "ALL_PLACED", "RENAMED"})
  void thePlanOfATaskThatCanGoOn_isNeverRemoved_howeverOldItIs(String point) throws Exception {
    assertThatThrownBy(() -> lab.run(lab.dyingAt(CrashPoints.Point.valueOf(point)), recipe))
        .isInstanceOf(Lab.Crash.class);
    keep = Duration.ZERO;
    makeOlder(lab.task().id(), Duration.ofDays(4_000));
    runOfAnything();
    assertThat(state().plan(lab.task().id())).exists();
    lab.assertPublished(lab.run(recipe), 30);
  }

  @Test
  void whatACancelLeftByDyingBeforeItsEnd_isRemoved() throws Exception {
    assertThatThrownBy(() -> lab.run(lab.dyingAt(CrashPoints.Point.ALL_PLACED), recipe))
        .isInstanceOf(Lab.Crash.class);
    String id = lab.task().id();
    byte[] plan = Files.readAllBytes(state().plan(id));
    mixes().cancel(id);
    assertThat(state().folder(id)).doesNotExist();
    // As if it had died between the record and the removal of the folder.
    Files.createDirectories(state().folder(id));
    Files.write(state().plan(id), plan);
    makeOlder(id, keep.plusHours(1));
    runOfAnything();
    assertThat(state().folder(id)).doesNotExist();
  }

  @Test
  void aKilledProcess_leavesScratchThatTheNextRunRemoves_andOfALivingOneNothingIsTouched()
      throws Exception {
    String scan = ".scan-" + Ids.next();
    try (DyingOwner owner = DyingOwner.of(state().root(), scan, "")) {
      runOfAnything();
      assertThat(state().root().resolve(scan).resolve("spool")).as("it lives").exists();
      assertThat(mixes().leftovers()).isEmpty();
      owner.kill();
    }
    assertThat(mixes().leftovers())
        .singleElement()
        .satisfies(left -> {
          assertThat(left.what()).endsWith(scan);
          assertThat(left.why()).contains("the next run removes it");
        });
    runOfAnything();
    assertThat(state().root()).isEmptyDirectory();
  }

  @Test
  void
      aKilledRunOfAPlan_leavesAFolderWithoutATask_thatTheNextRunRemoves_whereTheCatalogueIsTheSame()
          throws Exception {
    String ours = Ids.next();
    String others = Ids.next();
    for (String[] task :
        List.of(
            new String[] {ours, lab.settings().databaseUrl()},
            new String[] {others, "jdbc:postgresql://elsewhere/db"})) {
      try (DyingOwner owner = DyingOwner.of(state().root(), task[0], task[1])) {
        owner.kill();
      }
    }
    runOfAnything();
    assertThat(state().folder(ours)).doesNotExist();
    assertThat(state().folder(others).resolve("spool")).as("another catalogue's").exists();
  }

  @Test
  void aKilledRunOfAPlan_thatHadItsTaskRecorded_keepsTheFolder() throws Exception {
    assertThatThrownBy(() -> lab.run(lab.dyingAt(CrashPoints.Point.ALL_PLACED), recipe))
        .isInstanceOf(Lab.Crash.class);
    String id = lab.task().id();
    Path aside = lab.root.resolve("aside");
    Files.move(state().folder(id), aside);
    try (DyingOwner owner = DyingOwner.of(state().root(), id, lab.settings().databaseUrl())) {
      owner.kill();
    }
    StateFolder.removeTree(state().folder(id));
    Files.move(aside, state().folder(id));
    runOfAnything();
    assertThat(state().plan(id)).exists();
    assertThat(OwnedFolder.ownerOf(state().folder(id))).doesNotExist();
    lab.assertPublished(lab.run(recipe), 30);
  }

  @Test
  void aDatabaseThatIsAwayWhileItCleans_failsNoDeletion() throws Exception {
    lab.run(recipe);
    String id = lab.task().id();
    Path stray = Files.createDirectories(state().root().resolve(Ids.next()));
    Files.writeString(stray.resolve("plan.jsonl"), "whose?");
    Files.setLastModifiedTime(stray.resolve("plan.jsonl"), FileTime.from(Instant.EPOCH));
    AtomicInteger asked = new AtomicInteger();
    Catalog away =
        FaultyCatalog.of(
            lab.catalog,
            (method, step) -> {
              if (asked.get() > 0) {
                asked.incrementAndGet();
                throw new CatalogUnavailableException("away", null);
              }
              Object answer = step.take();
              asked.addAndGet(method.equals("delete") ? 1 : 0);
              return answer;
            });
    assertThat(lab.mixesOver(away).delete(id)).isEmpty();
    assertThat(asked.get()).as("housekeeping asked").isGreaterThan(1);
    assertThat(lab.catalog.tasks().byId(id)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aPlanWhoseTaskMayBeRecorded_staysUntilTheCatalogueTells(boolean isRecorded)
      throws Exception {
    Path file = lab.root.resolve("p.plan");
    mixes()
        .plan(
            new RecipeDocument(recipe, lab.root), OptionalLong.empty(), file, PlanProgress.SILENT);
    CommitUnknownException lost = new CommitUnknownException("the answer was lost", null);
    Catalog away =
        FaultyCatalog.of(
            lab.catalog,
            (method, step) -> {
              throw new CatalogUnavailableException("away", null);
            });
    QueuedTasks queued = new QueuedTasks(servicesOver(losing(away, isRecorded, lost)));
    QueuedTasks.Order order =
        new QueuedTasks.Order(recipe, "a task", TaskOrigin.SERVICE, null, file);
    assertThatThrownBy(() -> queued.submit(Actor.SYSTEM, order, lab.root)).isSameAs(lost);
    assertThat(lost.getSuppressed()).singleElement().isInstanceOf(CatalogException.class);

    Path owner = state().all().stream().filter(OwnedFolder::isOwner).findFirst().orElseThrow();
    String id = OwnedFolder.folderOf(owner);
    assertThat(state().plan(id)).exists();
    runOfAnything();
    assertThat(owner).doesNotExist();
    assertThat(Files.exists(state().plan(id))).isEqualTo(isRecorded);
    assertThat(lab.catalog.tasks().byId(id).isPresent()).isEqualTo(isRecorded);
  }

  private Services servicesOver(Catalog view) {
    return new Services(
        view, lab.access, lab.settings(), state(), lab.planner::plan, CrashPoints.NONE);
  }

  /** What is submitted is recorded or not, and the answer is lost. */
  private Catalog losing(Catalog view, boolean isRecorded, CommitUnknownException lost) {
    ClassLoader loader = TaskQueue.class.getClassLoader();
    Object queue =
        Proxy.newProxyInstance(
            loader,
            new Class<?>[] {TaskQueue.class},
            (proxy, method, arguments) -> {
              if (isRecorded) {
                method.invoke(lab.catalog.queue(), arguments);
              }
              throw lost;
            });
    return (Catalog)
        Proxy.newProxyInstance(
            loader,
            new Class<?>[] {Catalog.class},
            (proxy, method, arguments) ->
                method.getName().equals("queue") ? queue : method.invoke(view, arguments));
  }

  @Test
  void aFolderThatNobodyCanBeProvedToOwn_isNeverTouched_andIsTold() throws Exception {
    Path stray = Files.createDirectories(state().root().resolve(Ids.next()));
    Files.writeString(stray.resolve("plan.jsonl"), "whose?");
    Files.setLastModifiedTime(stray.resolve("plan.jsonl"), FileTime.from(Instant.EPOCH));
    Files.writeString(state().root().resolve("odd.owner"), "");
    Files.writeString(state().root().resolve("...owner"), "1|2|3");
    lab.run(recipe);
    assertThat(stray.resolve("plan.jsonl")).hasContent("whose?");
    assertThat(mixes().leftovers())
        .singleElement()
        .satisfies(left -> {
          assertThat(left.what()).isEqualTo(stray.toString());
          assertThat(left.why()).contains("never touched");
        });
  }

  @Test
  void dryRunsVerificationsAndPlansThatAreBrought_leaveNothingBesideTasks() throws Exception {
    Path file = lab.root.resolve("p.plan");
    mixes()
        .plan(
            new RecipeDocument(recipe, lab.root), OptionalLong.empty(), file, PlanProgress.SILENT);
    assertThat(state().root()).isEmptyDirectory();
    RunReport report = mixes().run(file, RunProgress.Listener.SILENT, new StopSignal());
    mixes().verify("mix");
    assertThat(state().all()).containsExactly(state().folder(report.taskId()));
    assertThatThrownBy(() -> mixes().verify("nothing")).isInstanceOf(Exception.class);
    mixes().delete(report.taskId());
    assertThat(StateFolder.entries(state().folder(report.taskId())))
        .containsExactly(state().manifest(report.taskId()));
  }

  @Test
  void aLinkInTheStateFolder_isRemovedAsALink() throws IOException {
    Path outside = Files.createDirectories(lab.root.resolve("outside"));
    Files.writeString(outside.resolve("kept"), "kept");
    try (OwnedFolder own = OwnedFolder.make(state().root(), "verify-1")) {
      Files.createSymbolicLink(own.path().resolve("link"), outside);
    }
    assertThat(outside.resolve("kept")).exists();
    assertThat(state().root()).isEmptyDirectory();
  }
}
