package io.admix.catalog;

import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Claims on dataset names and target paths. A name is unique among what one owner sees: his own and
 * {@link #SHARED}. They stand in tables of ours, since DataMate's may hold duplicates and may get
 * no constraint.
 */
final class Claims {
  /** The owner of what everybody sees. */
  static final String SHARED = "system";

  private Claims() {}

  static void claimName(
      Session session, String owner, String name, @Nullable String taskId, String datasetId)
      throws SQLException {
    session.dialect().lockName(session, name);
    List<Holder> holders =
        session.list(
            "SELECT n.owner, n.task_id, n.dataset_id, t.status, t.resumable, d.status, f.kind FROM {a}names n LEFT JOIN {a}tasks t ON t.id = n.task_id"
                + " LEFT JOIN t_dm_datasets d ON d.id = n.dataset_id LEFT JOIN {a}datasets f ON f.dataset_id = n.dataset_id WHERE n.name = ?",
            row ->
                new Holder(
                    row.getString(1),
                    row.getString(2),
                    row.getString(3),
                    row.getString(4),
                    row.getInt(5) != 0,
                    row.getString(6),
                    row.getString(7)),
            name);
    for (Holder holder : holders) {
      if (holder.owner.equals(owner) || holder.owner.equals(SHARED) || owner.equals(SHARED)) {
        throw new NameTakenException(
            "The dataset name '%s' is taken by %s".formatted(name, holder.describe()));
      }
    }
    refuseForeign(session, owner, name);
    session.update(
        "INSERT INTO {a}names (owner, name, task_id, dataset_id) VALUES (?, ?, ?, ?)",
        owner,
        name,
        taskId,
        datasetId);
  }

  private static void refuseForeign(Session session, String owner, String name)
      throws SQLException {
    var foreign =
        session.first(
            "SELECT d.id FROM t_dm_datasets d WHERE d.name = ? AND d.status = 'ACTIVE' AND NOT EXISTS (SELECT 1 FROM {a}datasets f WHERE f.dataset_id = d.id)"
                + " AND (? = 'system' OR d.created_by IS NULL OR d.created_by IN (?, 'system'))",
            row -> row.getString(1),
            name,
            owner,
            owner);
    if (foreign.isPresent()) {
      throw new NameTakenException(
          "The dataset name '%s' is taken by dataset %s, which another system made: choose another name. Nothing was changed."
              .formatted(name, foreign.get()));
    }
  }

  static void claimTarget(Session session, String path, String taskId, String datasetId)
      throws SQLException {
    int made =
        session.update(
            "INSERT INTO {a}targets (path, task_id, dataset_id) VALUES (?, ?, ?) ON CONFLICT (path) DO NOTHING",
            path,
            taskId,
            datasetId);
    if (made == 1) {
      return;
    }
    String holder =
        session
            .first(
                "SELECT p.task_id, p.dataset_id, t.status, t.resumable, d.status, f.kind FROM {a}targets p LEFT JOIN {a}tasks t ON t.id = p.task_id LEFT JOIN t_dm_datasets d ON d.id = p.dataset_id"
                    + " LEFT JOIN {a}datasets f ON f.dataset_id = p.dataset_id WHERE p.path = ?",
                row ->
                    new Holder(
                            "",
                            row.getString(1),
                            row.getString(2),
                            row.getString(3),
                            row.getInt(4) != 0,
                            row.getString(5),
                            row.getString(6))
                        .describe(),
                path)
            .orElse("another task. Nothing was changed.");
    throw new NameTakenException("The target folder '%s' is taken by %s".formatted(path, holder));
  }

  /** The task is forgotten; the published dataset keeps its name and folder. */
  static void forgetTask(Session session, String taskId) throws SQLException {
    session.update("UPDATE {a}names SET task_id = NULL WHERE task_id = ?", taskId);
    session.update("UPDATE {a}targets SET task_id = NULL WHERE task_id = ?", taskId);
  }

  private record Holder(
      String owner,
      @Nullable String taskId,
      String datasetId,
      @Nullable String taskStatus,
      boolean resumable,
      @Nullable String datasetStatus,
      @Nullable String kind) {

    String describe() {
      if ("ACTIVE".equals(datasetStatus)) {
        return "dataset %s (ACTIVE): choose another, or remove that dataset. Nothing was changed."
            .formatted(datasetId);
      }
      if (Dataset.Kind.REMOVING.name().equals(kind)) {
        return "dataset %s, whose removal was interrupted: finish it with `admix dataset remove`, or choose another. Nothing was changed."
            .formatted(datasetId);
      }
      if (taskId == null || taskStatus == null) {
        return "dataset %s (%s), which is being registered: wait for that, or choose another. Nothing was changed."
            .formatted(datasetId, datasetStatus);
      }
      return "task %s (%s%s): resume or cancel it, or choose another. Nothing was changed."
          .formatted(taskId, taskStatus, resumable ? ", resumable" : "");
    }
  }
}
