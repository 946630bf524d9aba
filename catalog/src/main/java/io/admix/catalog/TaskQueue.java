package io.admix.catalog;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Tasks as several servers share them: who is next, what happened, and what somebody may see. Tasks
 * of commands are shown and never offered.
 */
public interface TaskQueue {

  /** How long a request key is remembered, unless its task is deleted before. */
  Duration KEY_KEPT = Duration.ofHours(24);

  /** STATE events that are kept of one task. */
  int EVENTS_KEPT = 200;

  /** Runs that may end without a word, one after the other and without any progress. */
  int TAKEOVERS_MAX = 5;

  /**
   * Records a task as {@link Tasks#create} does, and its request key, in one transaction. Of equal
   * keys that come at once one makes the task.
   *
   * @param key null when a request sent twice is two requests
   * @return the task, or the one that the same key made before; nothing was changed then
   * @throws NameTakenException when dataset name or path is claimed
   * @throws TaskNameTakenException when a task of DataMate's interface is called as one that the
   *     actor sees
   */
  Recorded submit(Actor actor, NewTask task, @Nullable Key key);

  /** What a key of this owner made within {@link #KEY_KEPT}. */
  Optional<Recorded> made(String owner, String key);

  /**
   * What a server may run: of each owner the oldest that waits, and all that run, with their
   * leases. One statement, whose cost does not grow with tasks that are over.
   */
  List<Candidate> candidates();

  /** Tasks that wait for a server. */
  long waiting();

  /** Those of one owner. */
  long waiting(String owner);

  /**
   * Takes a candidate as {@link Tasks#acquire} does, if nobody has had it since it was offered.
   *
   * @return empty when somebody was faster, or is about to change it; it is not waited for
   */
  Optional<Tasks.Lease> take(
      Candidate candidate, String runner, Duration length, Predicate<Task.Runner> takeOver);

  /**
   * Puts a FAILED task that can go on back among those that wait.
   *
   * @return the task as it is then; another state than PENDING when it could not be
   */
  Task requeue(String taskId);

  /**
   * Cancels a task that nobody has ever begun: CANCELLED, its claims and DRAFT dataset gone.
   *
   * @return whether it was so
   */
  boolean cancelUnbegun(String taskId);

  /** What the actor sees of the tasks, newest first. */
  Page<Task> page(Actor actor, TaskQuery query);

  /** How many of the tasks are in each state; the query's own states do not narrow. */
  Map<Task.Status, Long> counts(Actor actor, TaskQuery query);

  /** Of each owner for whom tasks wait, how many. */
  List<Waiting> waitingBefore(String taskId);

  /** Failures in plan order. */
  default Page<FailureRecord> failures(String taskId, PageRequest page) {
    return failures(taskId, null, page);
  }

  /**
   * Failures in plan order.
   *
   * @param reason only those of this reason, or null for all
   */
  Page<FailureRecord> failures(String taskId, @Nullable String reason, PageRequest page);

  /** How many failures there are of each reason, the most frequent first. */
  SequencedMap<String, Long> failureReasons(String taskId);

  /** Stored events after {@code seq}, oldest first. */
  List<StateEvent> events(String taskId, long seq);

  /** How far these tasks are; those that are not there are left out. One statement per 50. */
  List<Pulse> pulses(Collection<String> taskIds);

  /**
   * Tasks of one owner that wait for a server.
   *
   * @param before those recorded before the task that was asked about
   */
  record Waiting(String owner, long tasks, long before) {}

  /**
   * A request key.
   *
   * @param sha256 of the request
   */
  record Key(String key, String sha256) {}

  /**
   * What a submission came to.
   *
   * @param sha256 of the request that made the task; "" without a key
   * @param repeated the key was there before
   */
  record Recorded(Task task, String sha256, boolean repeated) {}

  /**
   * A task that a server may run.
   *
   * @param runner who holds it, or null when it waits
   * @param takeovers how often it was taken from a dead runner since it last got on
   * @param servedAt when a task of its owner was last begun, {@link Instant#EPOCH} if never
   */
  record Candidate(
      String taskId,
      String owner,
      Task.@Nullable Runner runner,
      long fence,
      int takeovers,
      Instant updatedAt,
      Instant servedAt) {}

  /**
   * A change of state.
   *
   * @param seq from 1 in each task
   */
  record StateEvent(
      long seq,
      Instant at,
      Task.Status status,
      Task.Phase phase,
      long entries,
      long files,
      long bytes,
      @Nullable String message) {}

  /**
   * How far a task is.
   *
   * @param lastSeq of its last event, 0 when it has none
   */
  record Pulse(
      String taskId,
      Task.Status status,
      Task.Phase phase,
      long entries,
      long files,
      long bytes,
      long lastSeq) {

    /** Whether nobody goes on with it unless asked. */
    public boolean isOver() {
      return status.isFinal() || status == Task.Status.FAILED;
    }
  }
}
