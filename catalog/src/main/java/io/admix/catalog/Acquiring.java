package io.admix.catalog;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;

/** How a runner comes to hold a task, in the caller's transaction. */
final class Acquiring {
  private Acquiring() {}

  /** Takes the task if it is free and its fence is still this one. */
  static Optional<Tasks.Lease> acquire(
      Session session, Task task, String runner, Instant now, Duration length) throws SQLException {
    int taken =
        session.update(
            "UPDATE {a}tasks SET takeovers = takeovers + CASE WHEN status = 'RUNNING' THEN 1 ELSE 0 END, status = 'RUNNING', runner = ?, lease_until = ?, fence = fence + 1, error = NULL, updated_at = ?"
                + " WHERE id = ? AND fence = ?",
            runner,
            Times.micros(now.plus(length)),
            Times.micros(now),
            task.id(),
            task.fence());
    if (taken != 1) {
      return Optional.empty();
    }
    if (task.origin() != TaskOrigin.COMMAND) {
      session.update(
          "INSERT INTO {a}served (owner, served_at) VALUES (?, ?) ON CONFLICT (owner) DO UPDATE SET served_at = excluded.served_at",
          task.owner(),
          Times.micros(now));
    }
    TaskRows.showStatus(session, task.id(), Task.Status.RUNNING, now);
    TaskEvents.add(
        session,
        task.id(),
        now,
        task.status() == Task.Status.RUNNING ? "taken over from a runner that is gone" : null);
    return Optional.of(new Tasks.Lease(task.id(), runner, task.fence() + 1));
  }

  static boolean isFree(Task task, Instant now, Predicate<Task.Runner> takeOver) {
    return switch (task.status()) {
      case COMPLETED, CANCELLED -> false;
      case FAILED -> task.resumable();
      case PENDING -> true;
      case RUNNING -> {
        Task.Runner runner = task.runner();
        yield runner == null || runner.isOver(now) || takeOver.test(runner);
      }
    };
  }
}
