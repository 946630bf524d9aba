package io.admix.catalog;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads and changes task rows, in the caller's transaction; every change by a runner is fenced. */
final class TaskRows {
  static final String SELECT =
      "SELECT t.id, t.name, t.owner, t.status, t.phase, t.resumable, t.recipe, t.recipe_sha256, t.target_path, t.dataset_id, t.plan_sha256, t.staging_inode, t.entries, t.files, t.bytes,"
          + " t.error, t.report, t.cancel_requested, t.runner, t.lease_until, t.fence, t.created_at, t.updated_at, t.manifest_sha256, t.task_name, t.origin FROM {a}tasks t ";

  /** The end of every fenced change; its arguments are those of {@link #fenced}. */
  private static final String FENCE =
      " WHERE id = ? AND fence = ? AND runner = ? AND status = 'RUNNING'";

  private TaskRows() {}

  static Task map(ResultSet row) throws SQLException {
    @Nullable String runner = row.getString(19);
    @Nullable String taskName = row.getString(25);
    return new Task(
        row.getString(1),
        row.getString(2),
        row.getString(3),
        Task.Status.valueOf(row.getString(4)),
        Task.Phase.valueOf(row.getString(5)),
        row.getInt(6) != 0,
        row.getString(7),
        row.getString(8),
        row.getString(9),
        row.getString(10),
        row.getString(11),
        row.getString(24),
        row.getLong(12),
        row.getLong(13),
        row.getLong(14),
        row.getLong(15),
        row.getString(16),
        row.getString(17),
        row.getInt(18) != 0,
        runner == null ? null : new Task.Runner(runner, Times.ofMicros(row.getLong(20))),
        row.getLong(21),
        Times.ofMicros(row.getLong(22)),
        Times.ofMicros(row.getLong(23)),
        taskName == null ? row.getString(2) : taskName,
        TaskOrigin.valueOf(row.getString(26)));
  }

  static Optional<Task> byId(Session session, String id) throws SQLException {
    return session.first(SELECT + "WHERE t.id = ?", TaskRows::map, id);
  }

  static Task locked(Session session, String id) throws SQLException {
    return session
        .first(SELECT + "WHERE t.id = ? {lock}", TaskRows::map, id)
        .orElseThrow(() -> missing(id));
  }

  /** The task, unless somebody else holds its row just now. */
  static Optional<Task> lockedIfFree(Session session, String id) throws SQLException {
    return session.first(SELECT + "WHERE t.id = ? {lock-free}", TaskRows::map, id);
  }

  static CatalogException missing(String id) {
    return new CatalogException(
        "There is no task %s: see 'task list'. Nothing was changed.".formatted(id));
  }

  /**
   * Changes the task if the lease still holds it.
   *
   * @param assignments {@code SET} part with one placeholder per argument
   * @throws LeaseLostException when it does not
   */
  static void fenced(
      Session session, Tasks.Lease lease, String assignments, @Nullable Object... arguments)
      throws SQLException {
    @Nullable Object[] all = new @Nullable Object[arguments.length + 3];
    System.arraycopy(arguments, 0, all, 0, arguments.length);
    all[arguments.length] = lease.taskId();
    all[arguments.length + 1] = lease.fence();
    all[arguments.length + 2] = lease.runner();
    if (session.update("UPDATE {a}tasks SET " + assignments + FENCE, all) != 1) {
      throw lost(session, lease);
    }
  }

  /**
   * Refuses a step that the task's phase does not allow; call it after {@link #fenced}, whose lock
   * it relies on.
   */
  static Task inPhase(Session session, Tasks.Lease lease, Task.Phase phase) throws SQLException {
    Task task = byId(session, lease.taskId()).orElseThrow(() -> missing(lease.taskId()));
    if (task.phase() != phase) {
      throw new CatalogException(
          "Task %s is in phase %s, this step needs %s. Nothing was changed."
              .formatted(task.id(), task.phase(), phase));
    }
    return task;
  }

  private static LeaseLostException lost(Session session, Tasks.Lease lease) throws SQLException {
    String holder =
        byId(session, lease.taskId())
            .map(task ->
                task.runner() == null
                    ? "is %s and held by nobody".formatted(task.status())
                    : "is held by %s with fence %d"
                        .formatted(task.runner().identity(), task.fence()))
            .orElse("is not there any more");
    return new LeaseLostException(
        "Task %s %s; %s with fence %d has lost it and stops. Nothing of this step was written."
            .formatted(lease.taskId(), holder, lease.runner(), lease.fence()));
  }

  /** Shows the state in DataMate's table, which knows no CANCELLED. */
  static void showStatus(Session session, String id, Task.Status status, Instant now)
      throws SQLException {
    String shown = status == Task.Status.CANCELLED ? Task.Status.FAILED.name() : status.name();
    session.update(
        "UPDATE t_st_ratio_instances SET status = ?, updated_at = ? WHERE id = ?", shown, now, id);
  }
}
