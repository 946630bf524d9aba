package io.admix.engine.run;

import io.admix.catalog.CatalogException;
import io.admix.catalog.CatalogUnavailableException;
import io.admix.catalog.CommitUnknownException;
import io.admix.catalog.NewTask;
import io.admix.catalog.Publication;
import io.admix.catalog.RunRecord;
import io.admix.catalog.Task;
import io.admix.catalog.Tasks;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
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
 * one succeeded: beyond that another runner may hold the task. After it each step is tried once.
 * Every repeated step is fenced like the first.
 */
final class PatientTasks implements Tasks {
  private static final Logger LOG = LoggerFactory.getLogger(PatientTasks.class);
  private static final long PAUSE_MS = 200;
  private static final long AVAILABLE = 0;

  private final Tasks tasks;
  private final Duration patience;
  private final Halt halt;
  private final AtomicLong awaySince = new AtomicLong(AVAILABLE);

  PatientTasks(Tasks tasks, Duration patience, Halt halt) {
    this.tasks = tasks;
    this.patience = patience;
    this.halt = halt;
  }

  @Override
  public Task create(NewTask task) {
    return tasks.create(task);
  }

  @Override
  public Optional<Task> byId(String id) {
    return patiently(() -> tasks.byId(id));
  }

  @Override
  public Optional<Task> holderOfName(String owner, String name) {
    return patiently(() -> tasks.holderOfName(owner, name));
  }

  @Override
  public Optional<Task> maker(String datasetId) {
    return patiently(() -> tasks.maker(datasetId));
  }

  @Override
  public Optional<Task> holderOfTarget(String path) {
    return patiently(() -> tasks.holderOfTarget(path));
  }

  @Override
  public List<Task> list() {
    return patiently(tasks::list);
  }

  @Override
  public Optional<Lease> acquire(
      String taskId, String runner, Duration length, Predicate<Task.Runner> takeOver) {
    return tasks.acquire(taskId, runner, length, takeOver);
  }

  @Override
  public Renewal renew(Lease lease, Duration length) {
    Renewal[] renewal = new Renewal[1];
    settle(() -> renewal[0] = tasks.renew(lease, length), () -> false);
    return renewal[0];
  }

  @Override
  public void release(Lease lease, Task.Status status, boolean resumable, String error) {
    settle(() -> tasks.release(lease, status, resumable, error), () -> is(lease, status));
  }

  @Override
  public void startPlacing(Lease lease, String planSha256, long entries, long stagingInode) {
    settle(
        () -> tasks.startPlacing(lease, planSha256, entries, stagingInode),
        () -> isIn(lease, Task.Phase.PLACING));
  }

  @Override
  public void forget(Lease lease, long[] runs) {
    settle(() -> tasks.forget(lease, runs), () -> !anyRecorded(lease, LongStream.of(runs)));
  }

  @Override
  public void record(Lease lease, List<RunRecord> runs) {
    settle(
        () -> tasks.record(lease, runs),
        () -> anyRecorded(lease, runs.stream().mapToLong(run -> run.receipt().run())));
  }

  /** A transaction holds all its runs or none. */
  private boolean anyRecorded(Lease lease, LongStream runs) {
    Set<Long> asked = runs.boxed().collect(Collectors.toSet());
    boolean[] found = new boolean[1];
    tasks.receipts(lease.taskId(), receipt -> found[0] |= asked.contains(receipt.run()));
    return found[0];
  }

  /** Receipts come in order of their runs: after a break those that were seen are passed over. */
  @Override
  public void receipts(String taskId, ReceiptVisitor visitor) {
    long[] seen = {-1};
    patiently(() -> {
      tasks.receipts(
          taskId,
          receipt -> {
            if (receipt.run() > seen[0]) {
              seen[0] = receipt.run();
              visitor.receipt(receipt);
            }
          });
      return seen;
    });
  }

  @Override
  public void failures(String taskId, FailureVisitor visitor) {
    long[] seen = {0};
    patiently(() -> {
      long[] passed = {0};
      tasks.failures(
          taskId,
          failure -> {
            if (++passed[0] > seen[0]) {
              seen[0]++;
              visitor.failure(failure);
            }
          });
      return seen;
    });
  }

  @Override
  public boolean startPublishing(Lease lease, String manifestSha256) {
    boolean[] started = {true};
    settle(
        () -> started[0] = tasks.startPublishing(lease, manifestSha256),
        () -> isIn(lease, Task.Phase.PUBLISHING));
    return started[0];
  }

  @Override
  public boolean complete(Lease lease, Publication publication) {
    boolean[] hasLineage = {true};
    settle(
        () -> hasLineage[0] = tasks.complete(lease, publication),
        () -> is(lease, Task.Status.COMPLETED));
    return hasLineage[0];
  }

  @Override
  public void requestCancel(String taskId) {
    tasks.requestCancel(taskId);
  }

  @Override
  public void cancelled(Lease lease) {
    settle(() -> tasks.cancelled(lease), () -> is(lease, Task.Status.CANCELLED));
  }

  @Override
  public void delete(String taskId) {
    tasks.delete(taskId);
  }

  /** Once the fence is another, what the task shows is not what this runner did. */
  private boolean is(Lease lease, Task.Status status) {
    return tasks
        .byId(lease.taskId())
        .filter(task -> task.fence() == lease.fence() && task.status() == status)
        .isPresent();
  }

  private boolean isIn(Lease lease, Task.Phase phase) {
    return tasks
        .byId(lease.taskId())
        .filter(task -> task.fence() == lease.fence() && task.phase() == phase)
        .isPresent();
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
      LOG.warn("Waiting for the database: {}", away.getMessage());
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
