package io.admix.catalog;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** Rows, receipts and failures of runs, in the caller's transaction. */
final class RunRows {
  private RunRows() {}

  /** Writes whole runs of a task whose lease was proved in this transaction. */
  static void insert(Session session, Task task, List<RunRecord> runs, Instant now)
      throws SQLException {
    int rows = runs.stream().mapToInt(run -> run.rows().size()).sum();
    Ids.Block ids = Ids.block(Math.max(1, rows));
    insertRows(session, task, runs, ids, rows, now);
    insertReceipts(session, task.id(), runs, ids);
    insertFailures(session, task.id(), runs);
  }

  private static void insertRows(
      Session session, Task task, List<RunRecord> runs, Ids.Block ids, int count, Instant now)
      throws SQLException {
    String prefix = RowPaths.prefix(task.targetPath());
    List<FileInsert> rows = new ArrayList<>(count);
    for (RunRecord run : runs) {
      for (RunRecord.Row row : run.rows()) {
        rows.add(
            new FileInsert(
                ids.id(rows.size()),
                prefix + row.path(),
                row.size(),
                row.modified(),
                null,
                null,
                null,
                null,
                row.sourceDataset(),
                row.sourceRow()));
      }
    }
    if (!rows.isEmpty()) {
      session.dialect().insertFiles(session, task.datasetId(), rows, now);
    }
  }

  private static void insertReceipts(
      Session session, String taskId, List<RunRecord> runs, Ids.Block ids) throws SQLException {
    PreparedStatement statement =
        session.prepare(
            "INSERT INTO {a}receipts (task_id, run, files, failures, bytes, row_count, boot_id, details, first_row, last_row) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    int first = 0;
    for (RunRecord run : runs) {
      Receipt receipt = run.receipt();
      int count = run.rows().size();
      @Nullable String firstId = count == 0 ? null : ids.id(first);
      @Nullable String lastId = count == 0 ? null : ids.id(first + count - 1);
      session.bind(
          statement,
          taskId,
          receipt.run(),
          receipt.files(),
          receipt.failures(),
          receipt.bytes(),
          count,
          receipt.bootId(),
          receipt.details(),
          firstId,
          lastId);
      statement.addBatch();
      first += count;
    }
    session.count();
    statement.executeBatch();
  }

  private static void insertFailures(Session session, String taskId, List<RunRecord> runs)
      throws SQLException {
    PreparedStatement statement =
        session.prepare(
            "INSERT INTO {a}failures (task_id, run, entry, source, path, reason, detail) VALUES (?, ?, ?, ?, ?, ?, ?)");
    boolean any = false;
    for (RunRecord run : runs) {
      for (FailureRecord failure : run.failures()) {
        session.bind(
            statement,
            taskId,
            failure.run(),
            failure.entry(),
            failure.source(),
            failure.path(),
            failure.reason(),
            failure.detail());
        statement.addBatch();
        any = true;
      }
    }
    if (any) {
      session.count();
      statement.executeBatch();
    }
  }

  /** Removes what one run recorded; tells what is to be taken off the task's progress. */
  static Progress forget(Session session, Task task, long run) throws SQLException {
    var known =
        session.first(
            "SELECT row_count, bytes, first_row, last_row FROM {a}receipts WHERE task_id = ? AND run = ?",
            row -> new Known(row.getLong(1), row.getLong(2), row.getString(3), row.getString(4)),
            task.id(),
            run);
    if (known.isEmpty()) {
      return new Progress(0, 0);
    }
    Known receipt = known.get();
    if (receipt.firstRow != null) {
      session.update(
          "DELETE FROM t_dm_dataset_files WHERE dataset_id = ? AND id >= ? AND id <= ?",
          task.datasetId(),
          receipt.firstRow,
          receipt.lastRow);
    }
    session.update("DELETE FROM {a}receipts WHERE task_id = ? AND run = ?", task.id(), run);
    session.update("DELETE FROM {a}failures WHERE task_id = ? AND run = ?", task.id(), run);
    return new Progress(receipt.rows, receipt.bytes);
  }

  static List<Receipt> receipts(Session session, String taskId, long after, int limit)
      throws SQLException {
    return session.list(
        "SELECT run, files, failures, bytes, boot_id, details FROM {a}receipts WHERE task_id = ? AND run > ? ORDER BY run LIMIT ?",
        RunRows::receipt,
        taskId,
        after,
        limit);
  }

  private static Receipt receipt(ResultSet row) throws SQLException {
    return new Receipt(
        row.getLong(1),
        row.getInt(2),
        row.getInt(3),
        row.getLong(4),
        row.getString(5),
        row.getBytes(6));
  }

  static List<FailureRecord> failures(
      Session session, String taskId, long afterRun, int afterEntry, int limit)
      throws SQLException {
    return session.list(
        "SELECT run, entry, source, path, reason, detail FROM {a}failures WHERE task_id = ? AND (run, entry) > (?, ?) ORDER BY run, entry LIMIT ?",
        RunRows::failure,
        taskId,
        afterRun,
        afterEntry,
        limit);
  }

  static Page<FailureRecord> failures(
      Session session, String taskId, @Nullable String reason, PageRequest page)
      throws SQLException {
    Conditions conditions = new Conditions().and("task_id = ?", taskId).andIf(reason, "reason = ?");
    long total =
        session
            .first(
                "SELECT COUNT(*) FROM {a}failures" + conditions.where(),
                row -> row.getLong(1),
                conditions.arguments(List.of(), List.of()))
            .orElseThrow();
    return new Page<>(
        session.list(
            "SELECT run, entry, source, path, reason, detail FROM {a}failures"
                + conditions.where()
                + " ORDER BY run, entry LIMIT ? OFFSET ?",
            RunRows::failure,
            conditions.arguments(List.of(), List.of(page.size(), page.offset()))),
        total);
  }

  static SequencedMap<String, Long> failureReasons(Session session, String taskId)
      throws SQLException {
    SequencedMap<String, Long> reasons = new LinkedHashMap<>();
    session
        .list(
            "SELECT reason, COUNT(*) FROM {a}failures WHERE task_id = ? GROUP BY reason ORDER BY 2 DESC, reason",
            row -> Map.entry(row.getString(1), row.getLong(2)),
            taskId)
        .forEach(count -> reasons.put(count.getKey(), count.getValue()));
    return reasons;
  }

  private static FailureRecord failure(ResultSet row) throws SQLException {
    return new FailureRecord(
        row.getLong(1),
        row.getInt(2),
        row.getString(3),
        row.getString(4),
        row.getString(5),
        row.getString(6));
  }

  /** Files and bytes that a run added. */
  record Progress(long files, long bytes) {}

  private record Known(
      long rows, long bytes, @Nullable String firstRow, @Nullable String lastRow) {}
}
