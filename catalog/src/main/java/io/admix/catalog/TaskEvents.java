package io.admix.catalog;

import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What happened to a task, written in the transaction in which it happens. */
final class TaskEvents {
  private TaskEvents() {}

  /**
   * Records the task's present state. The caller has changed the task's row in this transaction,
   * whose lock keeps numbers unique.
   */
  static void add(Session session, String taskId, Instant now, @Nullable String message)
      throws SQLException {
    session.update(
        "INSERT INTO {a}events (task_id, seq, at, status, phase, entries, files, bytes, message)"
            + " SELECT t.id, COALESCE((SELECT MAX(e.seq) FROM {a}events e WHERE e.task_id = t.id), 0) + 1, ?, t.status, t.phase, t.entries, t.files, t.bytes, ?"
            + " FROM {a}tasks t WHERE t.id = ?",
        Times.micros(now),
        message == null || message.isEmpty() ? null : message,
        taskId);
    session.update(
        "DELETE FROM {a}events WHERE task_id = ? AND seq <= (SELECT MAX(e.seq) FROM {a}events e WHERE e.task_id = ?) - ?",
        taskId,
        taskId,
        TaskQueue.EVENTS_KEPT);
  }

  static List<TaskQueue.StateEvent> after(Session session, String taskId, long seq)
      throws SQLException {
    return session.list(
        "SELECT seq, at, status, phase, entries, files, bytes, message FROM {a}events WHERE task_id = ? AND seq > ? ORDER BY seq",
        row ->
            new TaskQueue.StateEvent(
                row.getLong(1),
                Times.ofMicros(row.getLong(2)),
                Task.Status.valueOf(row.getString(3)),
                Task.Phase.valueOf(row.getString(4)),
                row.getLong(5),
                row.getLong(6),
                row.getLong(7),
                row.getString(8)),
        taskId,
        seq);
  }

  static void forget(Session session, String taskId) throws SQLException {
    session.update("DELETE FROM {a}events WHERE task_id = ?", taskId);
  }
}
