package io.admix.catalog;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads and removes dataset rows, in the caller's transaction. */
final class DatasetRows {
  /** What {@link #map} reads, first in the row; others may follow it. */
  static final String COLUMNS =
      "d.id, d.name, d.path, d.dataset_type, d.status, f.kind, d.file_count, d.size_bytes, d.created_at, d.created_by, d.updated_at, f.labels_from_folders, f.tags_file";

  /** How many they are. */
  static final int WIDTH = COLUMNS.split(",", -1).length;

  static final String FROM =
      " FROM t_dm_datasets d LEFT JOIN {a}datasets f ON f.dataset_id = d.id ";

  static final String SELECT = "SELECT " + COLUMNS + FROM;

  private DatasetRows() {}

  static Dataset map(ResultSet row, Dialect dialect) throws SQLException {
    @Nullable String path = row.getString(3);
    @Nullable String kind = row.getString(6);
    @Nullable Instant created = dialect.readTime(row, 9);
    @Nullable String owner = row.getString(10);
    @Nullable Instant updated = dialect.readTime(row, 11);
    Instant made = created == null ? Instant.EPOCH : created;
    return new Dataset(
        row.getString(1),
        row.getString(2),
        path == null ? "" : path,
        row.getString(4),
        row.getString(5),
        kind == null ? Dataset.Kind.FOREIGN : Dataset.Kind.valueOf(kind),
        row.getLong(7),
        row.getLong(8),
        made,
        owner == null ? Claims.SHARED : owner,
        updated == null ? made : updated,
        labelling(row));
  }

  private static @Nullable Labelling labelling(ResultSet row) throws SQLException {
    boolean fromFolders = row.getInt(12) == 1;
    return row.wasNull() ? null : new Labelling(fromFolders, row.getString(13));
  }

  static Optional<Dataset> byId(Session session, String id) throws SQLException {
    return session.first(SELECT + "WHERE d.id = ?", row -> map(row, session.dialect()), id);
  }

  static void insertDraft(Session session, Draft draft, Instant now) throws SQLException {
    session.update(
        "INSERT INTO t_dm_datasets (id, name, dataset_type, path, status, size_bytes, file_count, record_count, version, created_at, updated_at, created_by, updated_by)"
            + " VALUES (?, ?, ?, ?, 'DRAFT', 0, 0, 0, 0, ?, ?, ?, ?)",
        draft.id,
        draft.name,
        draft.type,
        draft.path,
        now,
        now,
        draft.owner,
        draft.owner);
    Labelling labelling = draft.labelling;
    session.update(
        "INSERT INTO {a}datasets (dataset_id, kind, writer, writer_until, replaces, labels_from_folders, tags_file) VALUES (?, ?, ?, ?, ?, ?, ?)",
        draft.id,
        draft.kind.name(),
        draft.writer,
        draft.writerUntil,
        draft.replaces,
        labelling == null ? null : labelling.fromFolders() ? 1 : 0,
        labelling == null ? null : labelling.tagsFile());
  }

  /** Makes the dataset ACTIVE with its counts; false when it is gone. */
  static boolean activate(Session session, String id, long files, long bytes, Instant now)
      throws SQLException {
    return session.update(
            "UPDATE t_dm_datasets SET status = 'ACTIVE', file_count = ?, size_bytes = ?, updated_at = ? WHERE id = ?",
            files,
            bytes,
            now,
            id)
        == 1;
  }

  /** Removes a dataset of ours, its rows and its claims. */
  static void delete(Session session, String id) throws SQLException {
    deleteFiles(session, id);
    session.update("DELETE FROM t_dm_datasets WHERE id = ?", id);
    session.update("DELETE FROM {a}datasets WHERE dataset_id = ?", id);
    session.update("DELETE FROM {a}names WHERE dataset_id = ?", id);
    session.update("DELETE FROM {a}targets WHERE dataset_id = ?", id);
  }

  static void deleteFiles(Session session, String id) throws SQLException {
    session.update("DELETE FROM t_dm_dataset_files WHERE dataset_id = ?", id);
  }

  /** Deletes as many rows of files at most, and tells how many. */
  static int deleteSomeFiles(Session session, String id, int most) throws SQLException {
    return session.update(
        "DELETE FROM t_dm_dataset_files WHERE dataset_id = ? AND " + session.dialect().someFiles(),
        id,
        id,
        most);
  }

  /**
   * A dataset that is being made.
   *
   * @param writer who writes its rows, with {@code writerUntil} in microseconds; null for a task's,
   *     which has its own lease
   * @param replaces the dataset whose rows it will replace, or null
   * @param labelling null where it is not known, or does not matter
   */
  record Draft(
      String id,
      String name,
      String path,
      String type,
      String owner,
      Dataset.Kind kind,
      @Nullable String writer,
      @Nullable Long writerUntil,
      @Nullable String replaces,
      @Nullable Labelling labelling) {}
}
