package io.admix.engine.run;

import io.admix.catalog.Task;
import io.admix.engine.RefusedException;
import io.admix.engine.StopSignal;
import io.admix.engine.plan.InfeasibleException;
import io.admix.engine.plan.InvalidPlanException;
import io.admix.engine.plan.PlanException;
import io.admix.engine.plan.PlanProgress;
import io.admix.engine.plan.PlanSummary;
import io.admix.engine.recipe.RecipeDocument;
import io.admix.engine.report.RunReport;
import io.admix.engine.verify.VerifyReport;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Mixes: plan, run, go on, cancel, verify. Safe for use by many threads. */
public interface Mixes {

  /**
   * A dry run: publishes nothing, registers nothing.
   *
   * @param out where to seal the plan, or null to throw it away
   */
  PlanSummary plan(
      RecipeDocument recipe, OptionalLong seed, @Nullable Path out, PlanProgress progress)
      throws IOException,
          InterruptedException,
          InfeasibleException,
          PlanException,
          RefusedException;

  /**
   * Makes the mix, or goes on with it where it was interrupted, or tells that it is published
   * already: the dataset's name is the key.
   *
   * @throws RefusedException when the name or target is taken, or the name belongs to another
   *     recipe (the difference is told)
   * @throws TaskFailedException when it cannot be finished
   * @throws TaskInterruptedException when {@code stop} was requested, or somebody cancelled it
   */
  RunReport run(
      RecipeDocument recipe, OptionalLong seed, RunProgress.Listener progress, StopSignal stop)
      throws IOException,
          InterruptedException,
          InfeasibleException,
          PlanException,
          RefusedException,
          TaskFailedException,
          TaskInterruptedException;

  /** Executes exactly that plan, by the same rules. */
  RunReport run(Path plan, RunProgress.Listener progress, StopSignal stop)
      throws IOException,
          InterruptedException,
          InvalidPlanException,
          InfeasibleException,
          PlanException,
          RefusedException,
          TaskFailedException,
          TaskInterruptedException;

  /** Goes on with an interrupted or resumable task. */
  RunReport resume(String taskId, RunProgress.Listener progress, StopSignal stop)
      throws IOException,
          InterruptedException,
          InfeasibleException,
          PlanException,
          RefusedException,
          TaskFailedException,
          TaskInterruptedException;

  /** Newest first. */
  List<Task> tasks();

  /**
   * What dead processes left behind: what the next run removes, what a command finishes, and what
   * is never touched because nobody can prove whose it is.
   */
  List<Leftover> leftovers() throws IOException;

  Optional<Task> task(String id);

  /** The report of a task: final when COMPLETED, else as far as it is. */
  RunReport report(Task task) throws IOException;

  /**
   * Returns when nobody goes on with the task by itself (COMPLETED, CANCELLED, FAILED, or left by a
   * runner that stopped or died), or after {@code most}: the task as it is then.
   */
  Task await(String taskId, Duration most) throws InterruptedException, RefusedException;

  /**
   * Cancels: a task that somebody runs is asked to stop and cleaned by its runner; otherwise its
   * files, rows and claims are removed here. A task that is publishing answers "finishing".
   */
  Cancelled cancel(String taskId) throws IOException, InterruptedException, RefusedException;

  /**
   * Deletes the record of a finished task (the dataset stays); an unfinished one is cancelled
   * first.
   *
   * @return as {@link Cancelled#left}
   */
  String delete(String taskId) throws IOException, InterruptedException, RefusedException;

  /** Compares a published dataset with its manifest and sources. */
  VerifyReport verify(String dataset) throws IOException, InterruptedException, RefusedException;
}
