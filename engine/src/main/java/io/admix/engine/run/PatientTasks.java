package io.admix.engine.run;

import io.admix.catalog.CatalogException;
import io.admix.catalog.CatalogUnavailableException;
import io.admix.catalog.CommitUnknownException;
import io.admix.catalog.Publication;
import io.admix.catalog.Receipt;
import io.admix.catalog.RunRecord;
import io.admix.catalog.Task;
import io.admix.catalog.Tasks;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The catalogue as a running task sees it: a database that is away for a moment is waited for, and
 * a commit whose answer was lost is looked up rather than done twice or called failed.
 *
 * <p>It is waited for as long as the lease is long, counted from the first step that failed since
 * one succeeded: beyond that another runner may hold the task. After it, each step is tried once.
 * Every repeated step is fenced like the first.
 */
final class PatientTasks {
  private static final Logger LOG = LoggerFactory.getLogger(PatientTasks.class);
  private static final long PAUSE_MS = 200;
  private static final long AVAILABLE = 0;

  private final Tasks tasks;
  private final Tasks.Lease lease;
  private final Duration patience;
  private final Halt halt;
  private final AtomicLong awaySince = new AtomicLong(AVAILABLE);

  PatientTasks(Tasks tasks, Tasks.Lease lease, Duration patience, Halt halt) {
    this.tasks = tasks;
    this.lease = lease;
    this.patience = patience;
    this.halt = halt;
  }

  Task now() {
    return patiently(() ->
        tasks
            .byId(lease.taskId())
            .orElseThrow(() ->
                new CatalogException(
                    "Task %s is not in the catalogue any more.".formatted(lease.taskId()))));
  }

  void startPlacing(String planSha256, long entries, long stagingInode) {
    settle(
        () -> tasks.startPlacing(lease, planSha256, entries, stagingInode),
        () ->
            tasks
                .byId(lease.taskId())
                .filter(task -> isOurs(task) && task.phase() == Task.Phase.PLACING)
                .filter(task -> planSha256.equals(task.planSha256()))
                .isPresent());
  }

  void forget(long[] runs) {
    settle(() -> tasks.forget(lease, runs), () -> !anyRecorded(LongStream.of(runs)));
  }

  void record(List<RunRecord> runs) {
    settle(
        () -> tasks.record(lease, runs),
        () -> anyRecorded(runs.stream().mapToLong(run -> run.receipt().run())));
  }

  /** A transaction holds all its runs or none. */
  private boolean anyRecorded(LongStream runs) {
    Set<Long> asked = runs.boxed().collect(Collectors.toSet());
    boolean[] found = new boolean[1];
    tasks.receipts(lease.taskId(), (Receipt receipt) -> found[0] |= asked.contains(receipt.run()));
    return found[0];
  }

  /** As {@link Tasks#startPublishing}. */
  boolean startPublishing(String manifestSha256) {
    boolean[] started = {true};
    settle(
        () -> started[0] = tasks.startPublishing(lease, manifestSha256),
        () ->
            tasks
                .byId(lease.taskId())
                .filter(task -> isOurs(task) && task.phase() == Task.Phase.PUBLISHING)
                .isPresent());
    return started[0];
  }

  void complete(Publication publication) {
    settle(() -> tasks.complete(lease, publication), () -> is(Task.Status.COMPLETED));
  }

  void cancelled() {
    settle(() -> tasks.cancelled(lease), () -> is(Task.Status.CANCELLED));
  }

  void release(Task.Status status, boolean resumable, String error) {
    settle(() -> tasks.release(lease, status, resumable, error), () -> is(status));
  }

  void renew(Duration length) {
    settle(() -> tasks.renew(lease, length), () -> false);
  }

  /** Once the fence is another, what the task shows is not what this runner did. */
  private boolean is(Task.Status status) {
    return tasks
        .byId(lease.taskId())
        .filter(task -> task.fence() == lease.fence() && task.status() == status)
        .isPresent();
  }

  private boolean isOurs(Task task) {
    Task.Runner runner = task.runner();
    return runner != null
        && runner.identity().equals(lease.runner())
        && task.fence() == lease.fence();
  }

  private <T> T patiently(Supplier<T> step) {
    while (true) {
      try {
        T answer = step.get();
        awaySince.set(AVAILABLE);
        return answer;
      } catch (CatalogUnavailableException away) {
        pause(away);
      }
    }
  }

  /**
   * Does a step until it has surely been done.
   *
   * @param isDone asked only after an answer was lost
   */
  private void settle(Runnable step, BooleanSupplier isDone) {
    boolean inDoubt = false;
    while (true) {
      try {
        if (!inDoubt || !isDone.getAsBoolean()) {
          attempt(step, inDoubt, isDone);
        }
        awaySince.set(AVAILABLE);
        return;
      } catch (CommitUnknownException lost) {
        inDoubt = true;
        pause(lost);
      } catch (CatalogUnavailableException away) {
        pause(away);
      }
    }
  }

  /**
   * A commit in doubt may come to hold while it is repeated: the repeated step is then refused, by
   * the fence or because its rows are there.
   */
  private static void attempt(Runnable step, boolean inDoubt, BooleanSupplier isDone) {
    try {
      step.run();
    } catch (CommitUnknownException | CatalogUnavailableException away) {
      throw away;
    } catch (CatalogException refused) {
      if (!inDoubt || !isDone.getAsBoolean()) {
        throw refused;
      }
    }
  }

  private void pause(CatalogException away) {
    long now = System.nanoTime();
    boolean first = awaySince.compareAndSet(AVAILABLE, now == AVAILABLE ? 1 : now);
    if (first) {
      LOG.warn("Task {} waits for the database: {}", lease.taskId(), away.getMessage());
    }
    boolean lost = halt.reason().filter(r -> r.kind() == Halt.Kind.LEASE_LOST).isPresent();
    if (lost || System.nanoTime() - awaySince.get() > patience.toNanos()) {
      throw away;
    }
    try {
      TimeUnit.MILLISECONDS.sleep(PAUSE_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw away;
    }
  }
}
