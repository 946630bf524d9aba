package io.admix.engine.run;

import io.admix.catalog.LeaseLostException;
import io.admix.catalog.Task;
import io.admix.catalog.Tasks;
import io.admix.engine.RefusedException;
import io.admix.engine.StopSignal;
import java.io.IOException;
import java.util.Optional;

/** Cancels one task: whoever runs one cleans it; what nobody runs is cleaned here. */
final class Cancelling {
  private static final long POLL_MS = 100;
  private static final int TRIES = 3;

  private final Services services;
  private final Tasks tasks;
  private String left = "";

  Cancelling(Services services) {
    this.services = services;
    this.tasks = services.catalog().tasks();
  }

  /**
   * Asks for the end of a task, or ends it.
   *
   * @return the task as it is then: CANCELLED, or RUNNING with its cancel requested; and what stays
   * @throws RefusedException when it is published, or about to be
   */
  Cancelled cancel(String taskId) throws IOException, RefusedException {
    for (int i = 0; i < TRIES; i++) {
      Task task = find(taskId);
      if (task.status() == Task.Status.COMPLETED) {
        throw new RefusedException(
            "Task %s is finished; its dataset '%s' is published. To remove it: admix dataset remove %s"
                .formatted(taskId, task.name(), task.name()));
      }
      boolean isOver =
          task.status() == Task.Status.CANCELLED
              || task.status() == Task.Status.FAILED && !task.resumable();
      if (isOver) {
        return new Cancelled(task, left);
      }
      if (isFinishing(task)) {
        throw finishing(taskId);
      }
      tasks.requestCancel(taskId);
      if (cleanedHere(task) || find(taskId).cancelRequested()) {
        return new Cancelled(find(taskId), left);
      }
    }
    throw new RefusedException(
        "Task %s changes hands again and again; try again.".formatted(taskId));
  }

  /** The same, and waits for the runner that cleans; what that one leaves, it tells itself. */
  Cancelled cancelAndWait(String taskId)
      throws IOException, InterruptedException, RefusedException {
    Cancelled cancelled = cancel(taskId);
    while (cancelled.task().status() == Task.Status.RUNNING) {
      Thread.sleep(POLL_MS);
      // A runner that dies meanwhile leaves the rest to this one.
      cancelled = cancel(taskId);
    }
    return cancelled;
  }

  /**
   * Whether what is placed is about to appear. A publish that failed (the target is taken, staging
   * is gone) does not go on by itself, and may be given up.
   */
  private static boolean isFinishing(Task task) {
    return task.phase() == Task.Phase.PUBLISHING && task.status() != Task.Status.FAILED;
  }

  private static RefusedException finishing(String taskId) {
    return new RefusedException(
        "Task %s is finishing: its files are complete and about to appear. If it was interrupted, finish it with: admix task resume %s"
            .formatted(taskId, taskId));
  }

  /** Whether it is cleaned; not, when another runner holds it, or may. */
  private boolean cleanedHere(Task before) throws IOException, RefusedException {
    String taskId = before.id();
    RunnerIdentity identity = RunnerIdentity.begin();
    try {
      long acquiredAt = System.nanoTime();
      Optional<Tasks.Lease> lease =
          tasks.acquire(
              taskId,
              identity.text(),
              services.leaseLength(),
              owner -> identity.knowsDead(owner.identity()));
      if (lease.isEmpty()) {
        return false;
      }
      Task task = find(taskId);
      if (task.phase() == Task.Phase.PUBLISHING && before.status() != Task.Status.FAILED) {
        tasks.release(lease.get(), Task.Status.PENDING, true, "");
        throw finishing(taskId);
      }
      // Whoever takes over from this process cleans too, instead of going on.
      tasks.requestCancel(taskId);
      return clean(task, lease.get(), acquiredAt);
    } finally {
      identity.ended();
    }
  }

  private boolean clean(Task task, Tasks.Lease lease, long acquiredAt)
      throws IOException, RefusedException {
    Halt halt = new Halt(new StopSignal());
    try (LeaseKeeper keeper =
        new LeaseKeeper(tasks, lease, services.leaseLength(), halt, System::nanoTime, acquiredAt)) {
      keeper.start();
      return clean(task, lease, keeper);
    } catch (LeaseLostException e) {
      return false;
    }
  }

  private boolean clean(Task task, Tasks.Lease lease, LeaseKeeper keeper)
      throws IOException, RefusedException {
    try {
      left = new Cleaner(services, keeper::require).clean(task);
    } catch (HaltedException | IOException e) {
      if (e instanceof HaltedException halted && halted.isLeaseLost()) {
        return false;
      }
      String message = "Cancelled, but not everything could be removed: " + TaskRunner.words(e);
      tasks.release(lease, Task.Status.FAILED, true, message);
      throw new RefusedException(message);
    }
    tasks.cancelled(lease);
    services.state().remove(task.id());
    return true;
  }

  private Task find(String taskId) throws RefusedException {
    return tasks
        .byId(taskId)
        .orElseThrow(() ->
            new RefusedException("There is no task '%s'. See: admix task list".formatted(taskId)));
  }
}
