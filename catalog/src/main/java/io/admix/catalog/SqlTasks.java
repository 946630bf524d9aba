package io.admix.catalog;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Tasks over SQL. Lease times are taken from the given clock and compared with it; a fencing
 * number, not the clock, decides whether a runner may write.
 */
final class SqlTasks implements Tasks {
  private static final int PAGE = 256;

  private final Database database;
  private final Clock clock;

  SqlTasks(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  @Override
  public Task create(NewTask task) {
    return database.write(
        Database.Durability.BATCH, session -> NewTasks.create(session, task, clock.instant()));
  }

  @Override
  public Optional<Task> byId(String id) {
    return database.read(session -> TaskRows.byId(session, id));
  }

  @Override
  public Optional<Task> holderOfName(String owner, String name) {
    return database.read(session ->
        session.first(
            TaskRows.SELECT
                + "JOIN {a}names n ON n.task_id = t.id WHERE n.owner = ? AND n.name = ?",
            TaskRows::map,
            owner,
            name));
  }

  @Override
  public Optional<Task> maker(String datasetId) {
    return database.read(session ->
        session.first(
            TaskRows.SELECT + "JOIN {a}names n ON n.task_id = t.id WHERE n.dataset_id = ?",
            TaskRows::map,
            datasetId));
  }

  @Override
  public Optional<Task> holderOfTarget(String path) {
    return database.read(session ->
        session.first(
            TaskRows.SELECT + "JOIN {a}targets p ON p.task_id = t.id WHERE p.path = ?",
            TaskRows::map,
            path));
  }

  @Override
  public List<Task> list() {
    return database.read(session ->
        session.list(TaskRows.SELECT + "ORDER BY t.created_at DESC, t.id DESC", TaskRows::map));
  }

  @Override
  public Optional<Lease> acquire(
      String taskId, String runner, Duration length, Predicate<Task.Runner> takeOver) {
    return database.write(
        Database.Durability.BATCH,
        session -> {
          Instant now = clock.instant();
          Task task = TaskRows.locked(session, taskId);
          return Acquiring.isFree(task, now, takeOver)
              ? Acquiring.acquire(session, task, runner, now, length)
              : Optional.empty();
        });
  }

  @Override
  public Renewal renew(Lease lease, Duration length) {
    return database.write(
        Database.Durability.BATCH,
        session -> {
          Instant now = clock.instant();
          TaskRows.fenced(session, lease, "lease_until = ?", Times.micros(now.plus(length)));
          return new Renewal(
              TaskRows.byId(session, lease.taskId()).orElseThrow().cancelRequested());
        });
  }

  @Override
  public void release(Lease lease, Task.Status status, boolean resumable, String error) {
    if (status != Task.Status.FAILED && status != Task.Status.PENDING) {
      throw new IllegalArgumentException("a task is released as FAILED or PENDING, not " + status);
    }
    boolean ends = status == Task.Status.FAILED && !resumable;
    database.change(
        Database.Durability.POWER_LOSS,
        session -> {
          Instant now = clock.instant();
          TaskRows.fenced(
              session,
              lease,
              "status = ?, resumable = ?, error = ?, runner = NULL, lease_until = NULL, updated_at = ?, cancel_requested = CASE WHEN ? = 'PENDING' THEN cancel_requested ELSE 0 END",
              status.name(),
              ends ? 0 : 1,
              error,
              Times.micros(now),
              status.name());
          if (ends) {
            removeResult(session, lease.taskId());
          }
          TaskRows.showStatus(session, lease.taskId(), status, now);
          TaskEvents.add(session, lease.taskId(), now, error);
        });
  }

  /**
   * The DRAFT with its rows and claims, and the receipts. The task's record and its failures stay.
   */
  static void removeResult(Session session, String taskId) throws SQLException {
    Task task = TaskRows.byId(session, taskId).orElseThrow();
    DatasetRows.delete(session, task.datasetId());
    session.update("DELETE FROM {a}receipts WHERE task_id = ?", taskId);
  }

  @Override
  public void startPlacing(Lease lease, String planSha256, long entries, long stagingInode) {
    database.change(
        Database.Durability.POWER_LOSS,
        session -> {
          Instant now = clock.instant();
          TaskRows.fenced(session, lease, "updated_at = ?", Times.micros(now));
          TaskRows.inPhase(session, lease, Task.Phase.PLANNING);
          TaskRows.fenced(
              session,
              lease,
              "phase = 'PLACING', takeovers = 0, plan_sha256 = ?, entries = ?, staging_inode = ?",
              planSha256,
              entries,
              stagingInode);
          TaskEvents.add(session, lease.taskId(), now, null);
        });
  }

  @Override
  public void forget(Lease lease, long[] runs) {
    database.change(
        Database.Durability.BATCH,
        session -> {
          TaskRows.fenced(session, lease, "updated_at = ?", Times.micros(clock.instant()));
          Task task = TaskRows.inPhase(session, lease, Task.Phase.PLACING);
          for (long run : runs) {
            RunRows.Progress gone = RunRows.forget(session, task, run);
            TaskRows.fenced(
                session, lease, "files = files - ?, bytes = bytes - ?", gone.files(), gone.bytes());
          }
        });
  }

  @Override
  public void record(Lease lease, List<RunRecord> runs) {
    if (runs.isEmpty()) {
      return;
    }
    long files = runs.stream().mapToLong(run -> run.rows().size()).sum();
    long bytes = runs.stream().mapToLong(run -> run.receipt().bytes()).sum();
    database.change(
        Database.Durability.BATCH,
        session -> {
          Instant now = clock.instant();
          TaskRows.fenced(
              session,
              lease,
              "files = files + ?, bytes = bytes + ?, takeovers = 0, updated_at = ?",
              files,
              bytes,
              Times.micros(now));
          Task task = TaskRows.inPhase(session, lease, Task.Phase.PLACING);
          RunRows.insert(session, task, runs, now);
        });
  }

  @Override
  public void receipts(String taskId, ReceiptVisitor visitor) {
    long after = -1;
    while (true) {
      long from = after;
      List<Receipt> page = database.read(session -> RunRows.receipts(session, taskId, from, PAGE));
      page.forEach(visitor::receipt);
      if (page.size() < PAGE) {
        return;
      }
      after = page.getLast().run();
    }
  }

  @Override
  public void failures(String taskId, FailureVisitor visitor) {
    FailureRecord last = new FailureRecord(-1, -1, "", "", "", "");
    while (true) {
      FailureRecord from = last;
      List<FailureRecord> page =
          database.read(
              session -> RunRows.failures(session, taskId, from.run(), from.entry(), PAGE));
      page.forEach(visitor::failure);
      if (page.size() < PAGE) {
        return;
      }
      last = page.getLast();
    }
  }

  @Override
  public boolean startPublishing(Lease lease, String manifestSha256) {
    return database.write(
        Database.Durability.POWER_LOSS,
        session -> {
          Instant now = clock.instant();
          TaskRows.fenced(session, lease, "updated_at = ?", Times.micros(now));
          if (TaskRows.inPhase(session, lease, Task.Phase.PLACING).cancelRequested()) {
            return false;
          }
          TaskRows.fenced(
              session,
              lease,
              "phase = 'PUBLISHING', takeovers = 0, manifest_sha256 = ?",
              manifestSha256);
          TaskEvents.add(session, lease.taskId(), now, null);
          return true;
        });
  }

  @Override
  public boolean complete(Lease lease, Publication publication) {
    return database.write(
        Database.Durability.POWER_LOSS,
        session -> {
          Instant now = clock.instant();
          TaskRows.fenced(session, lease, "updated_at = ?", Times.micros(now));
          Task task = TaskRows.inPhase(session, lease, Task.Phase.PUBLISHING);
          if (task.files() != publication.files()) {
            throw new CatalogException(
                "Task %s has rows for %d files and is to be published with %d. Nothing was published in the catalogue."
                    .formatted(task.id(), task.files(), publication.files()));
          }
          TaskRows.fenced(
              session,
              lease,
              "status = 'COMPLETED', phase = 'DONE', resumable = 0, report = ?, bytes = ?, error = NULL, runner = NULL, lease_until = NULL",
              publication.report(),
              publication.bytes());
          if (!DatasetRows.activate(
              session, task.datasetId(), publication.files(), publication.bytes(), now)) {
            throw new CatalogException(
                "The dataset %s of task %s is gone from the database. Nothing was published in the catalogue."
                    .formatted(task.datasetId(), task.id()));
          }
          TaskRows.showStatus(session, task.id(), Task.Status.COMPLETED, now);
          boolean hasLineage = Lineage.record(session, task, publication);
          if (!hasLineage) {
            session.update(
                "UPDATE {a}tasks SET report = ? WHERE id = ?",
                publication.reportWithoutLineage(),
                task.id());
          }
          TaskEvents.add(session, task.id(), now, null);
          return hasLineage;
        });
  }

  @Override
  public void requestCancel(String taskId) {
    database.change(
        Database.Durability.BATCH,
        session -> {
          Instant now = clock.instant();
          int asked =
              session.update(
                  "UPDATE {a}tasks SET cancel_requested = 1, updated_at = ? WHERE id = ? AND status = 'RUNNING' AND phase <> 'PUBLISHING' AND cancel_requested = 0",
                  Times.micros(now),
                  taskId);
          if (asked == 1) {
            TaskEvents.add(session, taskId, now, "a cancel is asked for");
          }
        });
  }

  @Override
  public void cancelled(Lease lease) {
    database.change(
        Database.Durability.POWER_LOSS,
        session -> {
          Instant now = clock.instant();
          TaskRows.fenced(
              session,
              lease,
              "status = 'CANCELLED', phase = 'DONE', resumable = 0, runner = NULL, lease_until = NULL, updated_at = ?",
              Times.micros(now));
          removeResult(session, lease.taskId());
          TaskRows.showStatus(session, lease.taskId(), Task.Status.CANCELLED, now);
          TaskEvents.add(session, lease.taskId(), now, null);
        });
  }

  @Override
  public void delete(String taskId) {
    database.change(
        Database.Durability.BATCH,
        session -> {
          Task task = TaskRows.locked(session, taskId);
          boolean finished =
              task.status().isFinal() || (task.status() == Task.Status.FAILED && !task.resumable());
          if (!finished) {
            throw new CatalogException(
                "Task %s is %s: cancel it first. Nothing was changed."
                    .formatted(taskId, task.status()));
          }
          Claims.forgetTask(session, taskId);
          session.update("DELETE FROM {a}ratio_names WHERE task_id = ?", taskId);
          session.update("DELETE FROM {a}receipts WHERE task_id = ?", taskId);
          session.update("DELETE FROM {a}failures WHERE task_id = ?", taskId);
          TaskEvents.forget(session, taskId);
          session.update("DELETE FROM {a}request_keys WHERE task_id = ?", taskId);
          session.update("DELETE FROM {a}tasks WHERE id = ?", taskId);
          session.update("DELETE FROM t_st_ratio_relations WHERE ratio_instance_id = ?", taskId);
          session.update("DELETE FROM t_st_ratio_instances WHERE id = ?", taskId);
        });
  }
}
