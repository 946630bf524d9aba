package io.admix.catalog;

import io.admix.core.name.Blanks;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The queue over SQL. */
final class SqlTaskQueue implements TaskQueue {
  /** As the index {@code tasks_queued} has it, so that only that is read. */
  private static final String QUEUED = "origin <> 'COMMAND' AND %sstatus IN ('PENDING', 'RUNNING')";

  private static final String CANDIDATES =
      "SELECT t.id, t.owner, t.status, t.runner, t.lease_until, t.fence, t.takeovers, t.updated_at, COALESCE(s.served_at, 0)"
          + " FROM {a}tasks t LEFT JOIN {a}served s ON s.owner = t.owner WHERE t."
          + QUEUED.formatted("t.")
          + " AND (t.status = 'RUNNING' OR t.id IN (SELECT MIN(p.id) FROM {a}tasks p WHERE p."
          + QUEUED.formatted("p.")
          + " AND p.status = 'PENDING' GROUP BY p.owner))";

  private static final String WAITING =
      "SELECT COUNT(*) FROM {a}tasks WHERE " + QUEUED.formatted("") + " AND status = 'PENDING'";

  /** Ids ascend with time. */
  private static final String WAITING_BEFORE =
      "SELECT owner, COUNT(*), SUM(CASE WHEN id < ? THEN 1 ELSE 0 END) FROM {a}tasks WHERE "
          + QUEUED.formatted("")
          + " AND status = 'PENDING' GROUP BY owner";

  private static final int PULSES_AT_ONCE = 50;

  private static final String PULSES =
      "SELECT t.id, t.status, t.phase, t.entries, t.files, t.bytes, COALESCE((SELECT MAX(e.seq) FROM {a}events e WHERE e.task_id = t.id), 0)"
          + " FROM {a}tasks t WHERE t.id IN (?"
          + ", ?".repeat(PULSES_AT_ONCE - 1)
          + ")";

  private final Database database;
  private final Clock clock;

  SqlTaskQueue(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  @Override
  public Recorded submit(Actor actor, NewTask task, @Nullable Key key) {
    return database.write(
        Database.Durability.POWER_LOSS,
        session -> {
          Instant now = clock.instant();
          if (key != null && !RequestKeys.claim(session, task, key, now)) {
            return RequestKeys.made(session, task.owner(), key.key(), now).orElseThrow();
          }
          if (task.origin() == TaskOrigin.DATAMATE) {
            RatioNames.claim(session, actor, Blanks.strip(task.taskName()), task.id());
          }
          Task created = NewTasks.create(session, task, now);
          return new Recorded(created, key == null ? "" : key.sha256(), false);
        });
  }

  @Override
  public Optional<Recorded> made(String owner, String key) {
    return database.read(session -> RequestKeys.made(session, owner, key, clock.instant()));
  }

  @Override
  public List<Candidate> candidates() {
    return database.read(session -> session.list(CANDIDATES, SqlTaskQueue::candidate));
  }

  private static Candidate candidate(ResultSet row) throws SQLException {
    @Nullable String runner = row.getString(4);
    boolean isHeld = Task.Status.RUNNING.name().equals(row.getString(3));
    return new Candidate(
        row.getString(1),
        row.getString(2),
        isHeld
            ? new Task.Runner(runner == null ? "" : runner, Times.ofMicros(row.getLong(5)))
            : null,
        row.getLong(6),
        row.getInt(7),
        Times.ofMicros(row.getLong(8)),
        Times.ofMicros(row.getLong(9)));
  }

  @Override
  public long waiting() {
    return database.read(session -> session.first(WAITING, row -> row.getLong(1)).orElseThrow());
  }

  @Override
  public long waiting(String owner) {
    return database.read(session ->
        session.first(WAITING + " AND owner = ?", row -> row.getLong(1), owner).orElseThrow());
  }

  @Override
  public Optional<Tasks.Lease> take(
      Candidate candidate, String runner, Duration length, Predicate<Task.Runner> takeOver) {
    return database.write(
        Database.Durability.BATCH,
        session -> {
          Instant now = clock.instant();
          Optional<Task> task = TaskRows.lockedIfFree(session, candidate.taskId());
          boolean isStill =
              task.isPresent()
                  && task.get().fence() == candidate.fence()
                  && task.get().status() != Task.Status.FAILED
                  && Acquiring.isFree(task.get(), now, takeOver);
          return isStill
              ? Acquiring.acquire(session, task.get(), runner, now, length)
              : Optional.empty();
        });
  }

  @Override
  public Task requeue(String taskId) {
    return database.write(
        Database.Durability.POWER_LOSS,
        session -> {
          Instant now = clock.instant();
          int changed =
              session.update(
                  "UPDATE {a}tasks SET status = 'PENDING', takeovers = 0, cancel_requested = 0, error = NULL, updated_at = ? WHERE id = ? AND status = 'FAILED' AND resumable = 1 AND origin <> 'COMMAND'",
                  Times.micros(now),
                  taskId);
          if (changed == 1) {
            TaskRows.showStatus(session, taskId, Task.Status.PENDING, now);
            TaskEvents.add(session, taskId, now, "resumed");
          }
          return TaskRows.byId(session, taskId).orElseThrow(() -> TaskRows.missing(taskId));
        });
  }

  @Override
  public boolean cancelUnbegun(String taskId) {
    return database.write(
        Database.Durability.POWER_LOSS,
        session -> {
          Instant now = clock.instant();
          int changed =
              session.update(
                  "UPDATE {a}tasks SET status = 'CANCELLED', phase = 'DONE', resumable = 0, updated_at = ? WHERE id = ? AND status = 'PENDING' AND fence = 0",
                  Times.micros(now),
                  taskId);
          if (changed == 1) {
            SqlTasks.removeResult(session, taskId);
            TaskRows.showStatus(session, taskId, Task.Status.CANCELLED, now);
            TaskEvents.add(session, taskId, now, null);
          }
          return changed == 1;
        });
  }

  @Override
  public Page<Task> page(Actor actor, TaskQuery query) {
    return database.read(session -> TaskPages.page(session, actor, query));
  }

  @Override
  public Map<Task.Status, Long> counts(Actor actor, TaskQuery query) {
    return database.read(session -> TaskPages.counts(session, actor, query));
  }

  @Override
  public List<Waiting> waitingBefore(String taskId) {
    return database.read(session ->
        session.list(
            WAITING_BEFORE,
            row -> new Waiting(row.getString(1), row.getLong(2), row.getLong(3)),
            taskId));
  }

  @Override
  public Page<FailureRecord> failures(String taskId, @Nullable String reason, PageRequest page) {
    return database.read(session -> RunRows.failures(session, taskId, reason, page));
  }

  @Override
  public SequencedMap<String, Long> failureReasons(String taskId) {
    return database.read(session -> RunRows.failureReasons(session, taskId));
  }

  @Override
  public List<StateEvent> events(String taskId, long seq) {
    return database.read(session -> TaskEvents.after(session, taskId, seq));
  }

  @Override
  public List<Pulse> pulses(Collection<String> taskIds) {
    List<String> ids = List.copyOf(taskIds);
    return database.read(session -> {
      List<Pulse> pulses = new ArrayList<>(ids.size());
      for (int from = 0; from < ids.size(); from += PULSES_AT_ONCE) {
        @Nullable Object[] some = new @Nullable Object[PULSES_AT_ONCE];
        for (int i = 0; i < PULSES_AT_ONCE; i++) {
          some[i] = from + i < ids.size() ? ids.get(from + i) : "";
        }
        pulses.addAll(session.list(PULSES, SqlTaskQueue::pulse, some));
      }
      return pulses;
    });
  }

  private static Pulse pulse(ResultSet row) throws SQLException {
    return new Pulse(
        row.getString(1),
        Task.Status.valueOf(row.getString(2)),
        Task.Phase.valueOf(row.getString(3)),
        row.getLong(4),
        row.getLong(5),
        row.getLong(6),
        row.getLong(7));
  }
}
