package io.admix.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the queue of several servers promises on every database. */
public abstract class TaskQueueContract extends CatalogContract {
  private static final Actor ANN = Actor.of("ann");
  private static final Actor BEN = Actor.of("ben");
  private static final PageRequest FIRST = new PageRequest(1, 10);

  private TaskQueue queue;

  @BeforeEach
  void queue() {
    queue = catalog.queue();
  }

  private static NewTask asked(String owner, String name, TaskOrigin origin) {
    return asked(owner, name, "Task " + name, origin);
  }

  private static NewTask asked(String owner, String name, String taskName, TaskOrigin origin) {
    String datasetId = Ids.next();
    return new NewTask(
        Ids.next(),
        name,
        owner,
        "{\"seed\":1}",
        "abc",
        "/data/" + datasetId,
        datasetId,
        "TEXT",
        10,
        List.of(),
        taskName,
        origin);
  }

  private Task submit(Actor actor, String name) {
    return queue.submit(actor, asked(actor.owner(), name, TaskOrigin.SERVICE), null).task();
  }

  private List<String> candidates() {
    return queue.candidates().stream().map(TaskQueue.Candidate::taskId).toList();
  }

  private TaskQueue.Candidate candidate(Task task) {
    return queue.candidates().stream()
        .filter(c -> c.taskId().equals(task.id()))
        .findFirst()
        .orElseThrow();
  }

  private Tasks.Lease take(Task task, String runner) {
    return queue.take(candidate(task), runner, LEASE, other -> false).orElseThrow();
  }

  private List<String> states(Task task) {
    return queue.events(task.id(), 0).stream()
        .map(e -> e.seq() + " " + e.status() + " " + e.phase())
        .toList();
  }

  @Test
  void aSubmittedTask_waitsUnderItsOwnName_andDataMateSeesThatName() {
    Task task = submit(ANN, "mix");

    assertThat(task.status()).isEqualTo(Task.Status.PENDING);
    assertThat(task.taskName()).isEqualTo("Task mix");
    assertThat(task.origin()).isEqualTo(TaskOrigin.SERVICE);
    assertThat(tasks.byId(task.id())).contains(task);
    assertThat(
            count(
                "SELECT COUNT(*) FROM t_st_ratio_instances WHERE id = ? AND name = 'Task mix' AND status = 'PENDING' AND created_by = 'ann'",
                task.id()))
        .isEqualTo(1);
    assertThat(candidates()).containsExactly(task.id());
    assertThat(queue.waiting()).isEqualTo(1);
  }

  @Test
  void ofEachOwnerTheOldestIsOffered_andACommandsTaskNever() {
    create("command");
    Task first = submit(ANN, "one");
    submit(ANN, "two");
    Task bens = submit(BEN, "one");

    assertThat(candidates()).containsExactlyInAnyOrder(first.id(), bens.id());
    assertThat(queue.waiting()).isEqualTo(3);

    clock.advance(Duration.ofSeconds(5));
    Instant begun = clock.instant();
    Tasks.Lease lease = take(first, "me");

    assertThat(queue.candidates()).hasSize(3);
    TaskQueue.Candidate running = candidate(first);
    assertThat(running.runner()).isEqualTo(new Task.Runner("me", begun.plus(LEASE)));
    assertThat(running.servedAt()).isEqualTo(begun);
    assertThat(candidate(bens).servedAt()).isEqualTo(Instant.EPOCH);
    assertThat(lease.fence()).isEqualTo(1);
    acquire(create("other command"), "somebody");
    assertThat(queue.candidates()).as("a command that runs").hasSize(3);
  }

  @Test
  void lookingForWork_isOneStatement() {
    submit(ANN, "one");
    long before = database().statements();
    queue.candidates();
    assertThat(database().statements() - before).isEqualTo(1);
  }

  @Test
  void aCandidateThatSomebodyHadSince_isNotTaken() {
    Task task = submit(ANN, "one");
    TaskQueue.Candidate offered = candidate(task);
    Tasks.Lease lease = take(task, "one");
    tasks.release(lease, Task.Status.FAILED, true, "the disk is full");

    assertThat(queue.take(offered, "two", LEASE, other -> true)).isEmpty();
    assertThat(candidates()).as("it waits for somebody to resume it").isEmpty();
    assertThat(queue.requeue(task.id()).status()).isEqualTo(Task.Status.PENDING);
    assertThat(now(task).error()).isNull();
    assertThat(candidates()).containsExactly(task.id());
    assertThat(queue.take(candidate(task), "two", LEASE, other -> true)).isPresent();
    assertThat(queue.requeue(task.id()).status()).isEqualTo(Task.Status.RUNNING);
  }

  @Test
  void takeoversAreCounted_untilTheTaskGetsOn() {
    Task task = submit(ANN, "one");
    take(task, "one");
    for (int i = 1; i <= 3; i++) {
      clock.advance(LEASE.plusSeconds(1));
      assertThat(queue.take(candidate(task), "again", LEASE, other -> false)).isPresent();
      assertThat(candidate(task).takeovers()).isEqualTo(i);
    }
    clock.advance(LEASE.plusSeconds(1));
    Tasks.Lease lease = take(task, "last");
    tasks.startPlacing(lease, "plan", 4, 99);
    assertThat(candidate(task).takeovers()).isZero();
  }

  @Test
  void everyChangeOfState_isAnEvent_andGoesWithTheTask() {
    Task task = submit(ANN, "one");
    Tasks.Lease lease = take(task, "one");
    tasks.startPlacing(lease, "plan", 4, 99);
    tasks.record(lease, List.of(run(0, row("a"), row("b"))));
    tasks.release(lease, Task.Status.FAILED, true, "the disk is full");
    queue.requeue(task.id());
    lease = take(task, "two");
    tasks.startPublishing(lease, "manifest");
    tasks.complete(lease, new Publication(2, 10, "{}", List.of()));

    assertThat(states(task))
        .containsExactly(
            "1 PENDING PLANNING",
            "2 RUNNING PLANNING",
            "3 RUNNING PLACING",
            "4 FAILED PLACING",
            "5 PENDING PLACING",
            "6 RUNNING PLACING",
            "7 RUNNING PUBLISHING",
            "8 COMPLETED DONE");
    assertThat(queue.events(task.id(), 7)).hasSize(1);
    TaskQueue.StateEvent failed = queue.events(task.id(), 3).getFirst();
    assertThat(failed.message()).isEqualTo("the disk is full");
    assertThat(failed.files()).isEqualTo(2);
    assertThat(failed.bytes()).isEqualTo(10);
    assertThat(failed.entries()).isEqualTo(4);
    assertThat(failed.at()).isEqualTo(clock.instant());
    assertThat(queue.pulses(List.of(task.id(), "none")))
        .containsExactly(
            new TaskQueue.Pulse(task.id(), Task.Status.COMPLETED, Task.Phase.DONE, 4, 2, 10, 8));

    tasks.delete(task.id());
    assertThat(count("SELECT COUNT(*) FROM {a}events")).isZero();
  }

  @Test
  void eventsOfOneTask_areBounded() {
    Task task = submit(ANN, "one");
    for (int i = 0; i < 110; i++) {
      tasks.release(take(task, "one"), Task.Status.PENDING, true, "");
    }
    List<TaskQueue.StateEvent> events = queue.events(task.id(), 0);
    assertThat(events).hasSize(TaskQueue.EVENTS_KEPT);
    assertThat(events.getLast().seq()).isEqualTo(221);
  }

  @Test
  void pulsesOfManyTasks_areFewStatements() {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      ids.add(submit(ANN, "mix" + i).id());
    }
    long before = database().statements();
    assertThat(queue.pulses(ids)).hasSize(60);
    assertThat(database().statements() - before).isEqualTo(2);
  }

  @Test
  void aCancelIsAskedForOnce_andIsAnEvent() {
    Task task = submit(ANN, "one");
    Tasks.Lease lease = take(task, "one");
    tasks.requestCancel(task.id());
    tasks.requestCancel(task.id());
    tasks.cancelled(lease);
    assertThat(states(task))
        .containsExactly(
            "1 PENDING PLANNING", "2 RUNNING PLANNING", "3 RUNNING PLANNING", "4 CANCELLED DONE");
  }

  @Test
  void aTaskThatNobodyBegan_isCancelledAtOnce_andOneThatSomebodyHasIsNot() {
    Task task = submit(ANN, "one");
    assertThat(queue.cancelUnbegun(task.id())).isTrue();
    assertThat(now(task).status()).isEqualTo(Task.Status.CANCELLED);
    assertThat(datasets.byId(task.datasetId())).isEmpty();
    assertThat(
            count(
                "SELECT COUNT(*) FROM t_st_ratio_instances WHERE id = ? AND status = 'FAILED'",
                task.id()))
        .isEqualTo(1);
    Task again = submit(ANN, "one");
    take(again, "me");
    assertThat(queue.cancelUnbegun(again.id())).isFalse();
    assertThat(now(again).status()).isEqualTo(Task.Status.RUNNING);
  }

  @Test
  void theSameRequestKey_makesOneTask() {
    TaskQueue.Key key = new TaskQueue.Key("k-1", "body");
    var made = queue.submit(ANN, asked("ann", "one", TaskOrigin.SERVICE), key);
    var again = queue.submit(ANN, asked("ann", "one", TaskOrigin.SERVICE), key);
    var bens = queue.submit(BEN, asked("ben", "one", TaskOrigin.SERVICE), key);

    assertThat(made.repeated()).isFalse();
    assertThat(again).isEqualTo(new TaskQueue.Recorded(made.task(), "body", true));
    assertThat(bens.repeated()).as("another owner's key is another key").isFalse();
    assertThat(queue.made("ann", "k-1")).contains(again);
    assertThat(tasks.list()).hasSize(2);
  }

  @Test
  void aRequestKey_isForgottenAfterADay_andWithItsTask() {
    TaskQueue.Key key = new TaskQueue.Key("k-1", "body");
    queue.submit(ANN, asked("ann", "one", TaskOrigin.SERVICE), key);
    clock.advance(TaskQueue.KEY_KEPT.plusSeconds(1));
    assertThat(queue.made("ann", "k-1")).isEmpty();
    Task second = queue.submit(ANN, asked("ann", "two", TaskOrigin.SERVICE), key).task();
    assertThat(count("SELECT COUNT(*) FROM {a}request_keys")).isEqualTo(1);
    queue.cancelUnbegun(second.id());
    tasks.delete(second.id());
    assertThat(count("SELECT COUNT(*) FROM {a}request_keys")).isZero();
  }

  @Test
  void aRefusedSubmission_leavesNoKey() {
    submit(ANN, "one");
    TaskQueue.Key key = new TaskQueue.Key("k-1", "body");
    assertThatThrownBy(() -> queue.submit(ANN, asked("ann", "one", TaskOrigin.SERVICE), key))
        .isInstanceOf(NameTakenException.class);
    assertThat(queue.made("ann", "k-1")).isEmpty();
    assertThat(tasks.list()).hasSize(1);
  }

  @Test
  void ofManyRequestsWithOneKeyAtOnce_oneMakesTheTask() throws Exception {
    TaskQueue.Key key = new TaskQueue.Key("k-1", "body");
    List<TaskQueue.Recorded> answers =
        atOnce(12, i -> queue.submit(ANN, asked("ann", "one", TaskOrigin.SERVICE), key));
    assertThat(tasks.list()).hasSize(1);
    assertThat(answers).filteredOn(answer -> !answer.repeated()).hasSize(1);
    assertThat(answers)
        .extracting(answer -> answer.task().id())
        .containsOnly(tasks.list().getFirst().id());
  }

  @Test
  void ofManyTasksOfDataMatesInterfaceWithOneName_oneIsMade() throws Exception {
    List<Boolean> made =
        atOnce(
            12,
            i -> {
              try {
                queue.submit(ANN, asked("ann", "mix-" + i, "same", TaskOrigin.DATAMATE), null);
                return true;
              } catch (TaskNameTakenException taken) {
                return false;
              }
            });
    assertThat(made).filteredOn(won -> won).hasSize(1);
    assertThat(tasks.list()).hasSize(1);
    assertThat(queue.submit(BEN, asked("ben", "b", "same", TaskOrigin.DATAMATE), null).repeated())
        .as("ben does not see ann's")
        .isFalse();
    assertThatThrownBy(() ->
            queue.submit(Actor.SYSTEM, asked("system", "s", "same", TaskOrigin.DATAMATE), null))
        .isInstanceOf(TaskNameTakenException.class)
        .hasMessageContaining("same");
  }

  private interface Step<T> {
    T at(int index) throws Exception;
  }

  private static <T> List<T> atOnce(int many, Step<T> step) throws Exception {
    try (var threads = Executors.newFixedThreadPool(many)) {
      List<Future<T>> results = new ArrayList<>();
      for (int i = 0; i < many; i++) {
        int index = i;
        results.add(threads.submit(() -> step.at(index)));
      }
      List<T> answers = new ArrayList<>();
      for (Future<T> result : results) {
        answers.add(result.get());
      }
      return answers;
    }
  }

  @Test
  void twoServersThatWantOneTask_oneGetsIt() throws Exception {
    Task task = submit(ANN, "one");
    TaskQueue.Candidate offered = candidate(task);
    List<Optional<Tasks.Lease>> leases =
        atOnce(6, i -> queue.take(offered, "server-" + i, LEASE, other -> false));
    assertThat(leases).filteredOn(Optional::isPresent).hasSize(1);
    assertThat(now(task).fence()).isEqualTo(1);
  }

  @Test
  void anActorSeesHisOwnAndSystems_newestFirst_inPages() {
    List<String> anns = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      clock.advance(Duration.ofSeconds(1));
      anns.addFirst(submit(ANN, "mix" + i).id());
    }
    Task bens = submit(BEN, "bens");
    Task shared =
        queue.submit(Actor.SYSTEM, asked("system", "shared", TaskOrigin.DATAMATE), null).task();

    Page<Task> first = queue.page(ANN, TaskQuery.all(new PageRequest(1, 4)));
    Page<Task> second = queue.page(ANN, TaskQuery.all(new PageRequest(2, 4)));
    assertThat(first.total()).isEqualTo(6);
    assertThat(first.pages(4)).isEqualTo(2);
    List<String> seen = new ArrayList<>(first.items().stream().map(Task::id).toList());
    seen.addAll(second.items().stream().map(Task::id).toList());
    assertThat(seen.getFirst()).isEqualTo(shared.id());
    assertThat(seen.subList(1, 6)).isEqualTo(anns);
    assertThat(queue.page(ANN, TaskQuery.all(new PageRequest(3, 4))).items()).isEmpty();
    assertThat(queue.page(Actor.SYSTEM, TaskQuery.all(FIRST)).total()).isEqualTo(7);
    assertThat(ids(new TaskQuery(null, Set.of(), TaskOrigin.DATAMATE, FIRST)))
        .containsExactly(shared.id());
    assertThat(ids(new TaskQuery("BENS", Set.of(Task.Status.PENDING), null, FIRST)))
        .containsExactly(bens.id());
    assertThat(ids(new TaskQuery(null, Set.of(Task.Status.RUNNING), null, FIRST))).isEmpty();
  }

  @Test
  void severalStatesAreAskedForAtOnce_andAreCounted_asTheActorSeesThem() {
    Task waiting = submit(ANN, "waiting");
    Task cancelled = submit(ANN, "cancelled");
    queue.cancelUnbegun(cancelled.id());
    submit(BEN, "bens");
    Set<Task.Status> both = Set.of(Task.Status.PENDING, Task.Status.CANCELLED);
    TaskQuery query = new TaskQuery(null, both, null, FIRST);
    assertThat(queue.page(ANN, query).items())
        .extracting(Task::id)
        .containsExactlyInAnyOrder(waiting.id(), cancelled.id());
    assertThat(queue.counts(ANN, query))
        .containsExactly(Map.entry(Task.Status.PENDING, 1L), Map.entry(Task.Status.CANCELLED, 1L));
    assertThat(queue.counts(Actor.SYSTEM, query)).containsEntry(Task.Status.PENDING, 2L);
    assertThat(queue.counts(ANN, new TaskQuery("WAIT", Set.of(), null, FIRST)))
        .containsExactly(Map.entry(Task.Status.PENDING, 1L));
    assertThat(queue.counts(ANN, new TaskQuery(null, both, TaskOrigin.DATAMATE, FIRST))).isEmpty();
  }

  @Test
  void whatWaitsBeforeATask_isToldByOwner() {
    submit(ANN, "first");
    submit(BEN, "bens");
    Task asked = submit(ANN, "second");
    submit(ANN, "third");
    assertThat(queue.waitingBefore(asked.id()))
        .containsExactlyInAnyOrder(
            new TaskQueue.Waiting("ann", 3, 1), new TaskQueue.Waiting("ben", 1, 1));
  }

  private Set<String> ids(TaskQuery query) {
    Set<String> ids = new HashSet<>();
    queue.page(Actor.SYSTEM, query).items().forEach(task -> ids.add(task.id()));
    return ids;
  }

  @Test
  void partsOfNames_areFoundInAnyCase_andAreNoPatterns() {
    String[] names = {"100% Größe", "100 grosse", "a_b", "axb", "wow!"};
    for (int i = 0; i < names.length; i++) {
      queue.submit(ANN, asked("ann", "m" + i, names[i], TaskOrigin.SERVICE), null);
    }
    assertThat(named("GRÖSSE")).isEmpty();
    assertThat(named("GRÖß")).containsExactly("100% Größe");
    assertThat(named("100%")).containsExactly("100% Größe");
    assertThat(named("A_B")).containsExactly("a_b");
    assertThat(named("W!")).containsExactly("wow!");
    assertThat(named("100")).hasSize(2);
    assertThat(named("")).hasSize(5);
  }

  private List<String> named(String part) {
    return queue.page(ANN, new TaskQuery(part, Set.of(), null, FIRST)).items().stream()
        .map(Task::taskName)
        .toList();
  }

  @Test
  void failuresComeInPages() {
    Task task = submit(ANN, "one");
    Tasks.Lease lease = take(task, "one");
    tasks.startPlacing(lease, "plan", 4, 99);
    List<FailureRecord> failures = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      failures.add(
          new FailureRecord(0, i, "code", "f" + i, i % 2 == 0 ? "MISSING" : "CHANGED", "gone"));
    }
    tasks.record(
        lease,
        List.of(
            new RunRecord(new Receipt(0, 0, 5, 0, "boot", new byte[] {1}), List.of(), failures)));
    Page<FailureRecord> second = queue.failures(task.id(), new PageRequest(2, 2));
    assertThat(second.total()).isEqualTo(5);
    assertThat(second.items()).isEqualTo(failures.subList(2, 4));
    assertThat(queue.failureReasons(task.id()).entrySet())
        .containsExactly(Map.entry("MISSING", 3L), Map.entry("CHANGED", 2L));
    assertThat(queue.failures(task.id(), "CHANGED", FIRST))
        .isEqualTo(new Page<>(List.of(failures.get(1), failures.get(3)), 2));
  }
}
