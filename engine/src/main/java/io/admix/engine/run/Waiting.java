package io.admix.engine.run;

import io.admix.catalog.Task;
import io.admix.catalog.Tasks;
import io.admix.engine.RefusedException;
import java.time.Duration;
import java.time.Instant;

/** Waits until a task is over, or nobody goes on with it. */
final class Waiting {
  private static final long POLL_MS = 200;

  /** A task that changes hands is nobody's for a moment. */
  private static final Duration LEFT = Duration.ofSeconds(2);

  private final Tasks tasks;

  Waiting(Tasks tasks) {
    this.tasks = tasks;
  }

  Task await(Task first, Duration most) throws InterruptedException, RefusedException {
    RunnerIdentity self = RunnerIdentity.begin();
    try {
      long deadline = System.nanoTime() + most.toNanos();
      long heldAt = System.nanoTime();
      Task task = first;
      while (!isOver(task)) {
        long now = System.nanoTime();
        heldAt = isLeft(task, self) ? heldAt : now;
        if (now - heldAt > LEFT.toNanos() || now >= deadline) {
          return task;
        }
        Thread.sleep(Math.min(POLL_MS, (deadline - now) / 1_000_000 + 1));
        String id = task.id();
        task =
            tasks
                .byId(id)
                .orElseThrow(
                    () -> new RefusedException("Task '%s' was deleted meanwhile.".formatted(id)));
      }
      return task;
    } finally {
      self.ended();
    }
  }

  private static boolean isOver(Task task) {
    return task.status().isFinal() || task.status() == Task.Status.FAILED;
  }

  /** A task that nobody has taken yet is not left: its runner may be about to. */
  private static boolean isLeft(Task task, RunnerIdentity self) {
    return switch (task.status()) {
      case PENDING -> task.fence() > 0;
      case RUNNING -> {
        Task.Runner runner = task.runner();
        yield runner == null
            || self.knowsDead(runner.identity())
            || Instant.now().isAfter(runner.until().plus(LEFT));
      }
      case COMPLETED, FAILED, CANCELLED -> false;
    };
  }
}
