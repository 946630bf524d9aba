package io.admix.engine.task;

import io.admix.catalog.Actor;
import io.admix.catalog.FailureRecord;
import io.admix.catalog.Page;
import io.admix.catalog.PageRequest;
import io.admix.catalog.Task;
import io.admix.catalog.TaskQuery;
import io.admix.engine.ConflictException;
import io.admix.engine.NotThereException;
import io.admix.engine.NotYoursException;
import io.admix.engine.RefusedException;
import io.admix.engine.report.RunReport;
import io.admix.engine.run.Cancelled;
import io.admix.engine.run.RunProgress;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * Tasks that are run in the background by whichever server of this catalogue has room: at most
 * {@code admix.tasks.running} at a time, fairly between their owners. Tasks of commands are shown,
 * never run. Safe for use by many threads.
 *
 * <p>What an actor may not see is answered as what is not there ({@link NotThereException}, or
 * empty); what he sees and may not change, with {@link NotYoursException}.
 */
public interface BackgroundTasks extends AutoCloseable {

  /** Begins to run tasks; idempotent. Without it they are recorded, and wait for another server. */
  void start();

  /**
   * Records the task, PENDING, with its DRAFT dataset and the claims on names; it is run soon.
   * Returns once it is in the catalogue: a crash after that loses nothing.
   *
   * @throws RequestKeyReusedException when the key came before with another body
   * @throws ConflictException when the dataset's name is taken, or the plan is damaged or being
   *     executed
   * @throws QueueFullException when too many tasks of the actor wait
   * @throws TaskNameUsedException when a task of DataMate's interface is called as one that the
   *     actor sees
   * @throws NotThereException when the kept plan or a dataset is not there
   * @throws RefusedException when the recipe asks what a service does not do; all errors at once
   */
  Submitted submit(Actor actor, Submission submission) throws RefusedException, IOException;

  /**
   * What the same request made before, {@code repeated}, or empty. To be asked before what the
   * request names is looked for: that may be gone since.
   *
   * @throws RequestKeyReusedException when the key came before with another body
   */
  Optional<Submitted> submitted(Actor actor, RequestKey key) throws RequestKeyReusedException;

  /** Looks for work now instead of within a second: somebody has recorded a task otherwise. */
  void wake();

  /** Newest first. */
  Page<Task> list(Actor actor, TaskQuery query);

  /** How many tasks the actor sees in each state; the query's own states do not narrow. */
  Map<Task.Status, Long> counts(Actor actor, TaskQuery query);

  Optional<Task> find(Actor actor, String id);

  /**
   * Where the task stands in the queue; empty when it does not wait in it.
   *
   * @throws NotThereException when there is no such task for this actor
   */
  Optional<QueuePlace> place(Actor actor, String id) throws RefusedException;

  /**
   * How the task got on: until now where this server runs it or did so lately, else what the server
   * that published it has kept beside its plan. {@link Pace#NONE} of a command's, of one that
   * another server runs or could not publish, and once its plan is no longer kept.
   *
   * @throws NotThereException when there is no such task for this actor
   */
  Pace pace(Actor actor, String id) throws RefusedException;

  /**
   * The task's recipe as somebody would write it, in YAML: with the seed that was used, without a
   * target where a service chose that.
   *
   * @throws NotThereException when there is no such task for this actor
   */
  String recipeYaml(Actor actor, String id) throws RefusedException;

  /**
   * Makes the same mix again under another name: the same recipe with the same seed, chosen from
   * what the sources hold now. The task is called as its dataset.
   *
   * @param name of the new dataset
   * @throws NotThereException when there is no such task for this actor
   * @throws RefusedException as {@link #submit}
   */
  Submitted again(Actor actor, String id, String name) throws RefusedException, IOException;

  /**
   * Cancels: a queued task at once, one that somebody runs by asking its runner, wherever that is
   * (the task is RUNNING with its cancel requested then).
   *
   * @throws ConflictException when it is published, or about to be
   */
  Cancelled cancel(Actor actor, String id)
      throws RefusedException, IOException, InterruptedException;

  /**
   * Puts a FAILED task that is resumable back into the queue; one that is queued or running is
   * answered as it is.
   *
   * @throws ConflictException when it is over, or a command's
   */
  Task resume(Actor actor, String id) throws RefusedException;

  /**
   * Deletes the record of a finished task, whose dataset stays; an unfinished one is cancelled
   * first, which waits for its runner.
   *
   * @return as {@link Cancelled#left}
   */
  String delete(Actor actor, String id) throws RefusedException, IOException, InterruptedException;

  /** Final when COMPLETED, else as far as it is. */
  RunReport report(Actor actor, String id) throws RefusedException, IOException;

  /** Files that could not be placed, in plan order. */
  default Page<FailureRecord> failures(Actor actor, String id, PageRequest page)
      throws RefusedException {
    return failures(actor, id, null, page);
  }

  /**
   * Files that could not be placed, in plan order.
   *
   * @param reason only those of this reason, or null for all
   */
  Page<FailureRecord> failures(Actor actor, String id, @Nullable String reason, PageRequest page)
      throws RefusedException;

  /** How many files could not be placed for each reason, the most frequent first. */
  SequencedMap<String, Long> failureReasons(Actor actor, String id) throws RefusedException;

  /** How far it is just now, when this process runs it; whoever asks must have been let see it. */
  Optional<RunProgress> progress(String id);

  /**
   * Tells the stored STATE events after {@code afterSeq}, then what happens, then {@link
   * TaskListener#ended}. Only the last {@code 200} STATE events of a task are stored.
   *
   * @throws NotThereException when there is no such task for this actor
   */
  Watch watch(Actor actor, String id, long afterSeq, TaskListener listener) throws RefusedException;

  QueueState state();

  /** Somebody recorded a task by another door: it is looked for at once. */
  void look();

  /**
   * Asks the running tasks to stop and waits for them, at most {@code admix.server.grace}: they are
   * PENDING again, and the next server goes on with them. Watchers are told that it ended. What
   * does not stop in time is taken over as a dead process's.
   */
  @Override
  void close();
}
