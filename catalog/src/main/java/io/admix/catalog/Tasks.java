package io.admix.catalog;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Tasks, their leases, receipts and publication. Everything that a runner changes is fenced: it
 * carries the {@link Lease}, and where another runner has taken over since, {@link
 * LeaseLostException} is thrown and nothing is changed.
 */
public interface Tasks {

  /**
   * Creates a PENDING task in phase PLANNING, its DRAFT target dataset, and claims the dataset's
   * name and the target path, all in one transaction.
   *
   * @throws NameTakenException when the name or the path is claimed; the message says by what
   */
  Task create(NewTask task);

  Optional<Task> byId(String id);

  /** The task of this owner that holds the claim on this dataset name: names are his alone. */
  Optional<Task> holderOfName(String owner, String name);

  /** The task that makes or made this dataset, while the dataset holds its name. */
  Optional<Task> maker(String datasetId);

  /** The task whose target is this path and that holds the claim on it. */
  Optional<Task> holderOfTarget(String path);

  /** Newest first. */
  List<Task> list();

  /**
   * Takes the task: RUNNING, fence raised by one. A lease counts as ended one second after its end,
   * for clocks that differ.
   *
   * @param takeOver decides whether a lease that has not ended may be taken over, because its
   *     process is known to be dead
   * @return empty when another runner holds it, or when it is in a final state
   */
  Optional<Lease> acquire(
      String taskId, String runner, Duration length, Predicate<Task.Runner> takeOver);

  /** Prolongs the lease; tells whether a cancel was asked for. */
  Renewal renew(Lease lease, Duration length);

  /**
   * Gives the lease back with the task's state: FAILED (resumable or not, with the reason) or
   * PENDING to go on later. A failure that is not resumable frees name and path and removes the
   * DRAFT dataset.
   */
  void release(Lease lease, Task.Status status, boolean resumable, String error);

  /**
   * PLANNING to PLACING with the sealed plan's identity and the staging folder's, before the first
   * file is made.
   */
  void startPlacing(Lease lease, String planSha256, long entries, long stagingInode);

  /**
   * Forgets receipts, rows and failures of runs from {@code runs}: what a reboot may have undone is
   * done again.
   */
  void forget(Lease lease, long[] runs);

  /**
   * Records whole runs: rows of the target dataset, receipts and failures, in one transaction, with
   * the task's progress (files are the rows). A run that has a receipt is refused.
   *
   * @throws CommitUnknownException when the connection broke in the commit: the receipts tell
   *     whether it holds
   */
  void record(Lease lease, List<RunRecord> runs);

  /** Receipts in order of run number, as a stream of pages. */
  void receipts(String taskId, ReceiptVisitor visitor);

  /** Failures in plan order. */
  void failures(String taskId, FailureVisitor visitor);

  /**
   * PLACING to PUBLISHING, unless somebody asked to cancel: of the two the first in the catalogue
   * holds.
   *
   * @return false when a cancel was asked for; nothing is changed then
   */
  boolean startPublishing(Lease lease, String manifestSha256);

  /**
   * The one transaction of publish: dataset ACTIVE with its counts, task COMPLETED with its report,
   * lineage. Durable when it returns.
   *
   * @return whether the lineage is recorded; without it the task is COMPLETED all the same, with
   *     the report that says so
   */
  boolean complete(Lease lease, Publication publication);

  /** Asks a running task to stop; a task that nobody runs, or that publishes, is unchanged. */
  void requestCancel(String taskId);

  /**
   * CANCELLED: rows, receipts, claims and the DRAFT dataset go; the task's record stays. The files
   * must be gone before.
   */
  void cancelled(Lease lease);

  /**
   * Removes the record of a finished (COMPLETED, CANCELLED or not resumable) task. The dataset
   * stays.
   */
  void delete(String taskId);

  /**
   * A task held by one runner.
   *
   * @param fence raised by every acquisition
   */
  record Lease(String taskId, String runner, long fence) {}

  record Renewal(boolean cancelRequested) {}

  /** Receives receipts. */
  @FunctionalInterface
  interface ReceiptVisitor {
    void receipt(Receipt receipt);
  }

  /** Receives failures. */
  @FunctionalInterface
  interface FailureVisitor {
    void failure(FailureRecord failure);
  }
}
