package io.admix.catalog;

import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/** Keys that make a request sent twice one request, in the caller's transaction. */
final class RequestKeys {
  private RequestKeys() {}

  /**
   * Claims the key for the task. Whoever comes at the same moment waits until this transaction
   * ends.
   *
   * @return false when it is claimed
   */
  static boolean claim(Session session, NewTask task, TaskQueue.Key key, Instant now)
      throws SQLException {
    session.update("DELETE FROM {a}request_keys WHERE created_at < ?", oldest(now));
    return session.update(
            "INSERT INTO {a}request_keys (owner, request_key, sha256, task_id, created_at) VALUES (?, ?, ?, ?, ?) ON CONFLICT (owner, request_key) DO NOTHING",
            task.owner(),
            key.key(),
            key.sha256(),
            task.id(),
            Times.micros(now))
        == 1;
  }

  static Optional<TaskQueue.Recorded> made(Session session, String owner, String key, Instant now)
      throws SQLException {
    Optional<String[]> known =
        session.first(
            "SELECT task_id, sha256 FROM {a}request_keys WHERE owner = ? AND request_key = ? AND created_at >= ?",
            row -> new String[] {row.getString(1), row.getString(2)},
            owner,
            key,
            oldest(now));
    if (known.isEmpty()) {
      return Optional.empty();
    }
    return TaskRows.byId(session, known.get()[0])
        .map(task -> new TaskQueue.Recorded(task, known.get()[1], true));
  }

  private static long oldest(Instant now) {
    return Times.micros(now.minus(TaskQueue.KEY_KEPT));
  }
}
