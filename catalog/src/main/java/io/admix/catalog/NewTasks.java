package io.admix.catalog;

import java.sql.SQLException;
import java.time.Instant;
import java.util.Locale;

/** Writes a task's rows, ours and DataMate's, in the caller's transaction. */
final class NewTasks {
  /** Widths of DataMate's columns; a longer text is cut there and whole in our table. */
  private static final int INSTANCE_NAME_MAX = 64;

  private static final int SHARE_MAX = 256;

  private NewTasks() {}

  static Task create(Session session, NewTask task, Instant now) throws SQLException {
    // First, since a plan that is executed twice brings the same dataset id again.
    Claims.claimName(session, task.owner(), task.name(), task.id(), task.datasetId());
    Claims.claimTarget(session, task.targetPath(), task.id(), task.datasetId());
    DatasetRows.insertDraft(
        session,
        new DatasetRows.Draft(
            task.datasetId(),
            task.name(),
            task.targetPath(),
            task.datasetType(),
            task.owner(),
            Dataset.Kind.MIXED,
            null,
            null,
            null,
            null),
        now);
    insertTask(session, task, now);
    insertInstance(session, task, now);
    if (task.ratio() != null) {
      insertRatio(session, task, task.ratio());
    }
    TaskEvents.add(session, task.id(), now, null);
    return TaskRows.byId(session, task.id()).orElseThrow();
  }

  private static void insertRatio(Session session, NewTask task, NewTask.Ratio ratio)
      throws SQLException {
    session.update(
        "UPDATE t_st_ratio_instances SET description = ? WHERE id = ?",
        ratio.description(),
        task.id());
    session.update(
        "UPDATE t_dm_datasets SET description = ? WHERE id = ?",
        ratio.description() == null ? "" : ratio.description(),
        task.datasetId());
  }

  private static void insertTask(Session session, NewTask task, Instant now) throws SQLException {
    session.update(
        "INSERT INTO {a}tasks (id, name, owner, status, phase, resumable, recipe, recipe_sha256, target_path, dataset_id, staging_inode, entries, files, bytes, cancel_requested, fence,"
            + " created_at, updated_at, task_name, search_name, origin) VALUES (?, ?, ?, 'PENDING', 'PLANNING', 1, ?, ?, ?, ?, 0, 0, 0, 0, 0, 0, ?, ?, ?, ?, ?)",
        task.id(),
        task.name(),
        task.owner(),
        task.recipe(),
        task.recipeSha256(),
        task.targetPath(),
        task.datasetId(),
        Times.micros(now),
        Times.micros(now),
        task.taskName(),
        searched(task.taskName()),
        task.origin().name());
  }

  private static void insertInstance(Session session, NewTask task, Instant now)
      throws SQLException {
    session.update(
        "INSERT INTO t_st_ratio_instances (id, name, target_dataset_id, status, totals, created_at, updated_at, created_by, updated_by) VALUES (?, ?, ?, 'PENDING', ?, ?, ?, ?, ?)",
        task.id(),
        cut(task.taskName(), INSTANCE_NAME_MAX),
        task.datasetId(),
        task.total(),
        now,
        now,
        task.owner(),
        task.owner());
    for (NewTask.Relation relation : task.relations()) {
      session.update(
          "INSERT INTO t_st_ratio_relations (id, ratio_instance_id, source_dataset_id, ratio_value, counts, filter_conditions, created_at, updated_at, created_by, updated_by)"
              + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
          Ids.next(),
          task.id(),
          relation.datasetId(),
          cut(relation.share(), SHARE_MAX),
          relation.count(),
          relation.filter(),
          now,
          now,
          task.owner(),
          task.owner());
    }
  }

  /** In which form names are compared when somebody looks for a task. */
  static String searched(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  /** The first characters, never half of one beyond the basic plane. */
  static String cut(String text, int charactersMax) {
    return text.codePointCount(0, text.length()) <= charactersMax
        ? text
        : text.substring(0, text.offsetByCodePoints(0, charactersMax));
  }
}
