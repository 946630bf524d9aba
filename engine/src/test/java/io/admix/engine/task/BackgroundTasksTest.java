package io.admix.engine.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.admix.catalog.Actor;
import io.admix.catalog.Dataset;
import io.admix.catalog.Ids;
import io.admix.catalog.NewTask;
import io.admix.catalog.PageRequest;
import io.admix.catalog.Task;
import io.admix.catalog.TaskOrigin;
import io.admix.catalog.TaskQuery;
import io.admix.catalog.TaskQueue;
import io.admix.engine.ConflictException;
import io.admix.engine.NotThereException;
import io.admix.engine.NotYoursException;
import io.admix.engine.RefusedException;
import io.admix.engine.plan.KeptPlan;
import io.admix.engine.run.Cancelled;
import io.admix.engine.run.QueueLab;
import io.admix.engine.settings.StateMark;
import io.admix.files.Sources;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Real runs of a server's queue on SQLite. */
class BackgroundTasksTest {
  private static final Actor ANN = Actor.of("ann");
  private static final Actor BEN = Actor.of("ben");
  private static final TaskQuery ALL = TaskQuery.all(new PageRequest(1, 100));

  @TempDir Path folder;
  private QueueLab lab;

  @BeforeEach
  void open() throws Exception {
    lab = new QueueLab(folder);
  }

  @AfterEach
  void close() {
    lab.close();
  }

  private static Task.Status status(QueueLab.Node node, Task task) {
    return node.now(task).status();
  }

  private List<Path> below(Path top) throws Exception {
    if (!Files.exists(top)) {
      return List.of();
    }
    try (Stream<Path> walk = Files.walk(top)) {
      return walk.filter(Files::isRegularFile).toList();
    }
  }

  private Path dataRoot() {
    return lab.root.resolve("home/data");
  }

  @Test
  void aSubmittedTask_isMadeBelowTheDataRoot_underItsDatasetsId() throws Exception {
    QueueLab.Node node = lab.node().started();
    Submitted submitted = node.tasks.submit(ANN, lab.submission("mix"));

    assertThat(submitted.repeated()).isFalse();
    Task task = submitted.task();
    assertThat(task.status()).isEqualTo(Task.Status.PENDING);
    assertThat(task.targetPath()).isEqualTo(dataRoot().resolve(task.datasetId()).toString());
    Task done = node.awaitStatus(task, Task.Status.COMPLETED);
    assertThat(done.taskName()).isEqualTo("Task mix");
    assertThat(below(Path.of(done.targetPath()))).hasSize(10);
    Dataset mix = node.catalog.datasets().byId(task.datasetId()).orElseThrow();
    assertThat(mix.name()).isEqualTo("mix");
    assertThat(mix.owner()).isEqualTo("ann");
    assertThat(mix.files()).isEqualTo(10);
    assertThat(node.tasks.report(ANN, task.id()).target().files()).isEqualTo(10);
    assertThat(node.tasks.failures(ANN, task.id(), new PageRequest(1, 10)).total()).isZero();
  }

  @Test
  void tenQueuedTasksOfOneOwner_delayAnothersByOneAtMost() throws Exception {
    QueueLab.Node node = lab.node("admix.tasks.running=1");
    List<Task> anns = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      anns.add(node.submit("ann", "ann-" + i));
    }
    List<Task> bens = List.of(node.submit("ben", "ben-0"), node.submit("ben", "ben-1"));
    node.started();

    List<String> order = lab.gate.await(12);
    assertThat(order.indexOf(bens.get(0).id())).isLessThanOrEqualTo(1);
    assertThat(order.indexOf(bens.get(1).id())).isLessThanOrEqualTo(3);
    List<String> annsOrder =
        order.stream().filter(id -> anns.stream().anyMatch(t -> t.id().equals(id))).toList();
    assertThat(annsOrder).isEqualTo(anns.stream().map(Task::id).toList());
  }

  @Test
  void oneTaskMoreThanAnOwnersMayWait_isRefused_andAnothersIsNot() throws Exception {
    QueueLab.Node node = lab.node("admix.tasks.waiting=2");
    Task first = node.submit("ann", "first");
    node.submit("ann", "second");
    assertThatThrownBy(() -> node.submit("ann", "third"))
        .isInstanceOf(QueueFullException.class)
        .hasMessageContaining("2 tasks of ann wait", "admix.tasks.waiting");
    assertThat(node.submit("ben", "his").status()).isEqualTo(Task.Status.PENDING);
    node.tasks.cancel(ANN, first.id());
    assertThat(node.submit("ann", "third").status()).isEqualTo(Task.Status.PENDING);
  }

  @Test
  void noMoreRunAtATimeThanAreAllowed_andThatTheyRunIsSeenAtOnce() throws Exception {
    lab.gate.closeAt("PLAN_SEALED");
    QueueLab.Node node = lab.node("admix.tasks.running=2").started();
    List<Task> tasks = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      tasks.add(node.submit("ann", "mix-" + i));
    }
    lab.gate.await(2);
    assertThat(status(node, tasks.get(0))).isEqualTo(Task.Status.RUNNING);
    assertThat(status(node, tasks.get(1))).isEqualTo(Task.Status.RUNNING);
    assertThat(node.tasks.state()).isEqualTo(new QueueState(2, 2, 2));
    lab.gate.open();
    tasks.forEach(task -> node.awaitStatus(task, Task.Status.COMPLETED));
    assertThat(lab.gate.waitingMost()).isEqualTo(2);
    await().atMost(QueueLab.PATIENCE).until(() -> node.tasks.state().running() == 0);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"PLAN_SEALED", "PLACING_STARTED", "ALL_PLACED", "PUBLISHING_STARTED", "RENAMED"})
  void aTaskWhoseRunnerDied_isTakenAgain_andPublishedOnce(String point) throws Exception {
    lab.gate.kill(1, point);
    QueueLab.Node node = lab.node().started();
    Task task = node.submit("ann", "mix");
    Task done = node.awaitStatus(task, Task.Status.COMPLETED);
    assertThat(done.fence()).isEqualTo(2);
    assertThat(below(Path.of(done.targetPath()))).hasSize(10);
    assertThat(node.mixes.verify("mix").isClean()).isTrue();
  }

  @Test
  void whoHasNothingToDo_looksOnceASecond_andWhoIsFull_notAtAll() throws Exception {
    QueueLab.Node node = lab.node("admix.tasks.running=1");
    long begun = System.nanoTime();
    node.started();
    await().atMost(QueueLab.PATIENCE).until(() -> node.looks() >= 2);
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThan(Duration.ofMillis(950));

    lab.gate.closeAt("PLAN_SEALED");
    node.submit("ann", "first");
    lab.gate.await(1);
    int looks = node.looks();
    node.submit("ann", "second");
    QueueLab.Node other = lab.node().started();
    lab.gate.await(2);
    assertThat(node.looks()).as("another took the second").isEqualTo(looks);
    assertThat(other.looks()).isPositive();
  }

  private void diedTimes(Task task, int times) throws Exception {
    lab.sql(
        "UPDATE {admix}tasks SET status = 'RUNNING', runner = 'gone', lease_until = 1, updated_at = 1, fence = 1, takeovers = "
            + times
            + " WHERE id = '"
            + task.id()
            + "'");
  }

  @Test
  void aTaskThatKillsOneRunnerAfterAnother_isGivenUp_untilSomebodyResumesIt() throws Exception {
    QueueLab.Node node = lab.node();
    Task hopeful = node.submit("ann", "hopeful");
    Task hopeless = node.submit("ann", "hopeless");
    diedTimes(hopeful, TaskQueue.TAKEOVERS_MAX - 1);
    diedTimes(hopeless, TaskQueue.TAKEOVERS_MAX);
    node.started();

    node.awaitStatus(hopeful, Task.Status.COMPLETED);
    Task failed = node.awaitStatus(hopeless, Task.Status.FAILED);
    assertThat(failed.resumable()).isTrue();
    assertThat(failed.error()).contains("6 runners", "resume");
    assertThat(node.tasks.resume(ANN, hopeless.id()).status()).isEqualTo(Task.Status.PENDING);
    node.awaitStatus(hopeless, Task.Status.COMPLETED);
  }

  @Test
  void tasksOfCommands_areNeverTaken() throws Exception {
    QueueLab.Node node = lab.node();
    List<Task> commands = new ArrayList<>();
    for (String name : List.of("fresh", "left", "dead")) {
      commands.add(
          node.catalog
              .tasks()
              .create(
                  new NewTask(
                      Ids.next(),
                      name,
                      "system",
                      "{}",
                      "abc",
                      "/nowhere/" + name,
                      Ids.next(),
                      "OTHER",
                      1,
                      List.of())));
    }
    lab.sql("UPDATE {admix}tasks SET fence = 1 WHERE name = 'left'");
    diedTimes(commands.get(2), 0);
    List<Task> before = commands.stream().map(node::now).toList();
    node.started();
    node.awaitStatus(node.submit("ann", "mix"), Task.Status.COMPLETED);

    assertThat(commands.stream().map(node::now).toList()).isEqualTo(before);
    assertThatThrownBy(() -> node.tasks.resume(Actor.SYSTEM, commands.get(1).id()))
        .isInstanceOf(ConflictException.class)
        .hasMessageContaining("admix task resume");
  }

  @Test
  void aQueuedTask_isCancelledAtOnce() throws Exception {
    lab.gate.closeAt("PLAN_SEALED");
    QueueLab.Node node = lab.node("admix.tasks.running=1").started();
    node.submit("ann", "first");
    lab.gate.await(1);
    Task queued = node.submit("ann", "second");
    Cancelled cancelled = node.tasks.cancel(ANN, queued.id());
    assertThat(cancelled.task().status()).isEqualTo(Task.Status.CANCELLED);
    assertThat(node.catalog.datasets().byId(queued.datasetId())).isEmpty();
    node.submit("ann", "second");
    assertThat(node.tasks.cancel(ANN, queued.id()).task().status())
        .isEqualTo(Task.Status.CANCELLED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"PLAN_SEALED", "PLACING_STARTED", "ALL_PLACED", "MANIFEST_WRITTEN"})
  void aRunningTask_isCancelledByItsRunner_fromAnotherServerToo(String point) throws Exception {
    lab.gate.closeAt(point);
    QueueLab.Node runner = lab.node().started();
    QueueLab.Node other = lab.node();
    Task task = runner.submit("ann", "mix");
    lab.gate.await(1);

    Task asked = other.tasks.cancel(ANN, task.id()).task();
    assertThat(asked.status()).isEqualTo(Task.Status.RUNNING);
    assertThat(asked.cancelRequested()).isTrue();
    lab.gate.open();
    runner.awaitStatus(task, Task.Status.CANCELLED);
    assertThat(below(dataRoot())).isEmpty();
    assertThat(runner.catalog.datasets().byId(task.datasetId())).isEmpty();
  }

  @Test
  void aCancelThatTheRunnerBeforeDidNotHear_isHeardByTheNext() throws Exception {
    QueueLab.Node node = lab.node();
    Task task = node.submit("ann", "mix");
    diedTimes(task, 0);
    lab.sql("UPDATE {admix}tasks SET cancel_requested = 1 WHERE id = '" + task.id() + "'");
    node.started();
    node.awaitStatus(task, Task.Status.CANCELLED);
    assertThat(lab.gate.arrived()).as("nothing was planned for it").isEmpty();
    assertThat(below(dataRoot())).isEmpty();
  }

  @Test
  void aTaskThatPublishesOrIsPublished_isNotCancelled() throws Exception {
    lab.gate.closeAt("PUBLISHING_STARTED");
    QueueLab.Node node = lab.node().started();
    Task task = node.submit("ann", "mix");
    lab.gate.await(1);
    assertThatThrownBy(() -> node.tasks.cancel(ANN, task.id()))
        .isInstanceOf(ConflictException.class)
        .hasMessageContaining("finishing");
    lab.gate.open();
    node.awaitStatus(task, Task.Status.COMPLETED);
    assertThatThrownBy(() -> node.tasks.cancel(ANN, task.id()))
        .isInstanceOf(ConflictException.class)
        .hasMessageContaining("published");
    assertThatThrownBy(() -> node.tasks.resume(ANN, task.id()))
        .isInstanceOf(ConflictException.class)
        .hasMessageContaining("COMPLETED");
  }

  @Test
  void aFailedTask_waitsForSomebodyToResumeIt_andGoesOn() throws Exception {
    Path data = Files.createDirectories(lab.root.resolve("data/more"));
    Path file = Files.writeString(data.resolve("only.txt"), "only");
    Sources.watch(data);
    lab.gate.closeAt("PLAN_SEALED");
    QueueLab.Node node = lab.node().started();
    Submission submission =
        new Submission(lab.recipe("mix", 1, data), "mix", TaskOrigin.SERVICE, null, null);
    Task task = node.tasks.submit(ANN, submission).task();
    lab.gate.await(1);
    Path away = lab.root.resolve("away");
    Sources.change(file, () -> Files.move(file, away));
    lab.gate.open();
    Task failed = node.awaitStatus(task, Task.Status.FAILED);
    assertThat(failed.resumable()).isTrue();
    node.awaitStatus(node.submit("ann", "other"), Task.Status.COMPLETED);
    assertThat(status(node, task)).as("nobody goes on by himself").isEqualTo(Task.Status.FAILED);
    assertThat(node.tasks.failures(ANN, task.id(), new PageRequest(1, 5)).items())
        .singleElement()
        .satisfies(failure -> assertThat(failure.path()).isEqualTo("only.txt"));

    Sources.change(file, () -> Files.move(away, file));
    assertThat(node.tasks.resume(ANN, task.id()).status()).isEqualTo(Task.Status.PENDING);
    node.awaitStatus(task, Task.Status.COMPLETED);
  }

  @Test
  void aTaskThatCannotBeMade_hasFailedForGood_andIsNotTakenAgain() throws Exception {
    QueueLab.Node node = lab.node().started();
    Submission tooMuch =
        new Submission(lab.recipe("mix", 31), "mix", TaskOrigin.SERVICE, null, null);
    Task task = node.tasks.submit(ANN, tooMuch).task();
    Task failed = node.awaitStatus(task, Task.Status.FAILED);
    assertThat(failed.resumable()).isFalse();
    assertThat(failed.error()).contains("asked for 31, available 30");
    assertThatThrownBy(() -> node.tasks.resume(ANN, task.id()))
        .isInstanceOf(ConflictException.class);
    node.awaitStatus(node.submit("ann", "mix"), Task.Status.COMPLETED);
    assertThat(node.now(task).fence()).isEqualTo(1);
  }

  @Test
  void deletingARunningTask_cancelsIt_andAFinishedOneLeavesItsDataset() throws Exception {
    QueueLab.Node node = lab.node("admix.tasks.running=1").started();
    Task done = node.submit("ann", "done");
    node.awaitStatus(done, Task.Status.COMPLETED);
    lab.gate.closeAt("PLACING_STARTED");
    Task running = node.submit("ann", "running");
    lab.gate.await(1);
    Task queued = node.submit("ann", "queued");
    node.tasks.delete(ANN, queued.id());
    try (var thread = Executors.newSingleThreadExecutor()) {
      Future<String> deleted = thread.submit(() -> node.tasks.delete(ANN, running.id()));
      await().atMost(QueueLab.PATIENCE).until(() -> node.now(running).cancelRequested());
      lab.gate.open();
      assertThat(deleted.get()).isEmpty();
    }
    node.tasks.delete(ANN, done.id());
    assertThat(node.tasks.list(ANN, ALL).items()).isEmpty();
    assertThat(node.catalog.datasets().byId(done.datasetId())).isPresent();
    assertThat(below(dataRoot())).hasSize(10);
    assertThat(node.mixes.verify("done").isClean()).isTrue();
  }

  @Test
  void whatAnotherOwnerMade_isNotThere_andWhatIsSystemsIsSeenAndNotChanged() throws Exception {
    QueueLab.Node node = lab.node();
    Task anns = node.submit("ann", "anns");
    Task shared = node.submit("system", "shared");

    assertThat(node.tasks.list(BEN, ALL).items()).containsExactly(shared);
    assertThat(node.tasks.find(BEN, anns.id())).isEmpty();
    for (String id : List.of(anns.id(), "none")) {
      assertThatThrownBy(() -> node.tasks.cancel(BEN, id))
          .isInstanceOf(NotThereException.class)
          .hasMessage("There is no task '" + id + "'.");
      assertThatThrownBy(() -> node.tasks.delete(BEN, id)).isInstanceOf(NotThereException.class);
      assertThatThrownBy(() -> node.tasks.resume(BEN, id)).isInstanceOf(NotThereException.class);
      assertThatThrownBy(() -> node.tasks.report(BEN, id)).isInstanceOf(NotThereException.class);
      assertThatThrownBy(() -> node.tasks.failures(BEN, id, new PageRequest(1, 1)))
          .isInstanceOf(NotThereException.class);
      assertThatThrownBy(() -> node.tasks.watch(BEN, id, 0, null))
          .isInstanceOf(NotThereException.class);
    }
    assertThatThrownBy(() -> node.tasks.cancel(BEN, shared.id()))
        .isInstanceOf(NotYoursException.class);
    assertThat(node.tasks.report(BEN, shared.id()).taskId()).isEqualTo(shared.id());
    assertThat(node.tasks.cancel(Actor.SYSTEM, anns.id()).task().status())
        .isEqualTo(Task.Status.CANCELLED);
  }

  @Test
  void namesAreTakenPerOwner() throws Exception {
    QueueLab.Node node = lab.node();
    node.submit("ann", "mix");
    node.submit("ben", "mix");
    assertThatThrownBy(() -> node.submit("ann", "mix"))
        .isInstanceOf(ConflictException.class)
        .hasMessageContaining("'mix' is taken");
    Submission datamate =
        new Submission(lab.recipe("a", 1), "One name", TaskOrigin.DATAMATE, null, null);
    node.tasks.submit(ANN, datamate);
    assertThatThrownBy(() ->
            node.tasks.submit(
                ANN,
                new Submission(lab.recipe("b", 1), "One name", TaskOrigin.DATAMATE, null, null)))
        .isInstanceOf(TaskNameUsedException.class)
        .hasMessageContaining("One name");
  }

  @Test
  void theSameKeyAndBody_isOneTask_andAnotherBodyIsRefused() throws Exception {
    QueueLab.Node node = lab.node();
    Submission submission = keyed("mix", "sha-1");
    Submitted first = node.tasks.submit(ANN, submission);
    Submitted second = node.tasks.submit(ANN, submission);
    assertThat(second.repeated()).isTrue();
    assertThat(second.task()).isEqualTo(first.task());
    assertThatThrownBy(() -> node.tasks.submit(ANN, keyed("other", "sha-2")))
        .isInstanceOf(RequestKeyReusedException.class)
        .hasMessageContaining("k-1")
        .hasMessageContaining(first.task().id());
    assertThat(node.tasks.list(ANN, ALL).total()).isEqualTo(1);
  }

  private Submission keyed(String name, String sha256) {
    return new Submission(
        lab.recipe(name, 5), name, TaskOrigin.SERVICE, new RequestKey("k-1", sha256), null);
  }

  @Test
  void theSameKeyManyTimesAtOnce_isOneTask() throws Exception {
    QueueLab.Node node = lab.node();
    List<Future<Submitted>> answers = new ArrayList<>();
    try (var threads = Executors.newFixedThreadPool(8)) {
      for (int i = 0; i < 8; i++) {
        answers.add(threads.submit(() -> node.tasks.submit(ANN, keyed("mix", "sha-1"))));
      }
    }
    int made = 0;
    for (Future<Submitted> answer : answers) {
      made += answer.get().repeated() ? 0 : 1;
    }
    assertThat(made).isEqualTo(1);
    assertThat(node.tasks.list(ANN, ALL).total()).isEqualTo(1);
  }

  @Test
  void aKeptPlan_isExecutedAsItIs_once() throws Exception {
    QueueLab.Node node = lab.node();
    KeptPlan plan = node.plans.plan(ANN, lab.recipe("mix", 10));
    Submission submission =
        new Submission(
            lab.recipe("ignored", 3), "of a plan", TaskOrigin.SERVICE, null, plan.sha256());
    assertThatThrownBy(() -> node.tasks.submit(BEN, submission))
        .isInstanceOf(NotThereException.class);
    Task task = node.tasks.submit(ANN, submission).task();
    assertThat(task.datasetId()).isEqualTo(plan.datasetId());
    assertThat(task.name()).isEqualTo("mix");
    assertThatThrownBy(() -> node.tasks.submit(ANN, submission))
        .isInstanceOf(ConflictException.class);
    node.started();
    Task done = node.awaitStatus(task, Task.Status.COMPLETED);
    assertThat(done.planSha256()).isEqualTo(plan.sha256());
    assertThat(below(Path.of(done.targetPath()))).hasSize(10);
  }

  /** Whoever runs the service may have taken a folder from its callers since. */
  @Test
  void aKeptPlan_whoseSourcesAreNoLongerThere_isRefusedAtOnce() throws Exception {
    QueueLab.Node node = lab.node();
    Path source = lab.root.resolve("data");
    KeptPlan plan = node.plans.plan(ANN, lab.recipe("mix", 1));
    Sources.release(source);
    Files.move(source, lab.root.resolve("elsewhere"));
    Submission submission =
        new Submission(
            lab.recipe("ignored", 1), "of a plan", TaskOrigin.SERVICE, null, plan.sha256());
    assertThatThrownBy(() -> node.tasks.submit(ANN, submission))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("source `data`");
    assertThat(node.tasks.list(Actor.SYSTEM, ALL).total()).isZero();
  }

  @Test
  void foldersElsewhere_andDatasetsThatAreNotThere_areRefusedAtOnce() throws Exception {
    QueueLab.Node node = lab.node();
    for (Path elsewhere : List.of(lab.root, Path.of("data"), Path.of("/etc"))) {
      assertThatThrownBy(() ->
              node.tasks.submit(
                  ANN,
                  new Submission(
                      lab.recipe("mix", 1, elsewhere), "mix", TaskOrigin.SERVICE, null, null)))
          .as(elsewhere.toString())
          .isInstanceOf(RefusedException.class)
          .hasMessageContaining("source `data`");
    }
    assertThat(node.tasks.list(Actor.SYSTEM, ALL).total()).isZero();
  }

  @Test
  void aLineageThatCannotBeRecorded_isAWarning_andCostsNoFile() throws Exception {
    QueueLab.Node node = lab.node().started();
    lab.sql("ALTER TABLE t_lineage_edge RENAME TO gone");
    Task task = node.submit("ann", "mix");
    Task done = node.awaitStatus(task, Task.Status.COMPLETED);
    assertThat(below(Path.of(done.targetPath()))).hasSize(10);
    assertThat(node.tasks.report(ANN, task.id()).warnings())
        .singleElement()
        .asString()
        .contains("lineage could not be recorded");
  }

  @Test
  void aServerThatCloses_leavesItsTasksToTheNext_whichGoesOnWithThem() throws Exception {
    lab.gate.closeAt("PLACING_STARTED");
    QueueLab.Node first = lab.node("admix.tasks.running=1").started();
    Task running = first.submit("ann", "running");
    Task queued = first.submit("ann", "queued");
    lab.gate.await(1);
    Thread closing = Thread.ofPlatform().start(first.tasks::close);
    await()
        .atMost(QueueLab.PATIENCE)
        .pollInterval(Duration.ofMillis(10))
        .until(() -> closing.getState() == Thread.State.TIMED_WAITING);
    lab.gate.open();
    closing.join();
    Task left = first.now(running);
    assertThat(left.status()).isEqualTo(Task.Status.PENDING);
    assertThat(left.fence()).isEqualTo(1);
    assertThat(left.runner()).isNull();
    assertThat(status(first, queued)).isEqualTo(Task.Status.PENDING);

    QueueLab.Node next = lab.node().started();
    assertThat(next.awaitStatus(running, Task.Status.COMPLETED).planSha256())
        .as("the same plan")
        .isEqualTo(left.planSha256());
    next.awaitStatus(queued, Task.Status.COMPLETED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"candidates", "take"})
  void anErrorInTheQueuesThread_doesNotEndIt(String question) throws Exception {
    QueueLab.Node node = lab.node();
    AtomicInteger errors = new AtomicInteger();
    node.before =
        asked -> {
          if (asked.equals(question) && errors.getAndIncrement() == 0) {
            throw new OutOfMemoryError("unable to create native thread");
          }
        };
    Task task = node.submit("ann", "mix");
    node.started();
    node.awaitStatus(task, Task.Status.COMPLETED);
    assertThat(errors.get()).isGreaterThan(1);
  }

  @Test
  void whileTheStateFolderIsNotMounted_nothingIsTaken() throws Exception {
    QueueLab.Node node = lab.node();
    Files.createDirectories(node.settings.stateDir());
    new StateMark(node.settings.stateDir(), node.catalog.facts()).prove();
    Path mark = node.settings.stateDir().resolve(StateMark.FILE);
    Path aside = Files.move(mark, lab.root.resolve("aside"));
    Task task = node.submit("ann", "mix");
    node.started();
    await().atMost(QueueLab.PATIENCE).until(() -> node.looks() > 1);
    assertThat(node.now(task)).isEqualTo(task);
    Files.move(aside, mark);
    node.awaitStatus(task, Task.Status.COMPLETED);
  }

  @Test
  void startingTwice_andClosingTwice_isOnce() throws Exception {
    QueueLab.Node node = lab.node().started();
    node.tasks.start();
    node.awaitStatus(node.submit("ann", "mix"), Task.Status.COMPLETED);
    node.tasks.close();
    node.tasks.close();
    Task late = node.submit("ann", "late");
    assertThat(status(node, late)).isEqualTo(Task.Status.PENDING);
  }
}
