package io.admix.engine.run;

import io.admix.core.plan.PlanEntry;
import io.admix.engine.plan.PlanRun;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What a {@link SpreadCrew} is given of one task. Safe for use by several threads. */
public interface SpreadWork {
  String taskId();

  /** Raised whenever another process takes the task. */
  long fence();

  /** How long the lease of this process holds. */
  long leaseNanos();

  /** What whoever places needs to know. */
  RunSite.Facts facts();

  /** Folder for files of this work, removed with the task's own; another may be taken. */
  Path folder();

  /** Runs of the whole plan. */
  long runs();

  /**
   * The next run that is to be done, in plan order; empty at the end, and when no more is to be
   * begun.
   */
  Optional<PlanRun> next() throws IOException;

  List<PlanEntry> entries(PlanRun run) throws IOException;

  /** Hands back a run that was done; waits while the catalogue is behind. */
  void finished(PlanRun run, List<PlanEntry> entries, List<EntryResult> results)
      throws InterruptedException;

  /**
   * What is really there of a run that more than one attempt was made at, or of which some entries
   * could not be placed, once all attempts have ended: an entry that is not as {@code results} tell
   * is made here. Throws, unchecked, as {@link #check} does, when a source is there for this
   * process and was not for {@code host}.
   */
  List<EntryResult> lookedAt(
      PlanRun run, List<PlanEntry> entries, List<EntryResult> results, String host);

  /** Removes what attempts that were killed left half-made; none may be going on. */
  void removeHalfMade() throws IOException;

  /** Whether this process is sure just now that it has the task. */
  boolean isSure();

  /** Whether no more is to be begun, for whatever reason. */
  boolean isStopping();

  /**
   * Returns when this process is sure of the task; throws, unchecked, when it must stop. That must
   * pass through {@link SpreadCrew#place}.
   */
  void check();

  /**
   * Has the task stop.
   *
   * @param resumable whether it can go on once the cause is mended
   */
  void stop(boolean resumable, String message);
}
