package io.admix.catalog;

import java.sql.SQLException;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Replaces a dataset's rows by those of a draft, in one transaction and set by set, so that memory
 * does not grow with the files: pair the rows by path, update the old one of each pair, delete old
 * rows without a pair, move new rows without one. Tags of an old row win: they may come from a tags
 * file or from hand, while a rescan knows no more than the folders, which of one path stay the
 * same.
 */
final class Rescan {
  private static final Logger LOG = LoggerFactory.getLogger(Rescan.class);
  private static final String FILES = "t_dm_dataset_files";

  private Rescan() {}

  static Dataset commit(
      Session session, Dataset dataset, String draftId, Counts counts, Instant now)
      throws SQLException {
    session.dialect().expectLargeJoins(session);
    session.dialect().fileRowsChange();
    session.execute(
        "CREATE TEMPORARY TABLE admix_pairs (path varchar(1000) NOT NULL PRIMARY KEY,"
            + " new_id varchar(36) NOT NULL UNIQUE, old_id varchar(36) UNIQUE)");
    try {
      pair(session, dataset.id(), draftId);
      merge(session, dataset.id(), draftId, now);
    } finally {
      drop(session);
    }
    DatasetRows.delete(session, draftId);
    if (!DatasetRows.activate(session, dataset.id(), counts.files, counts.bytes, now)) {
      throw new CatalogException(
          "The dataset '%s' was removed while it was scanned. Nothing was changed."
              .formatted(dataset.name()));
    }
    return DatasetRows.byId(session, dataset.id()).orElseThrow();
  }

  /** By way of the path's index, whatever the planner knows of the tables. */
  private static void pair(Session session, String datasetId, String draftId) throws SQLException {
    session.update(
        "INSERT INTO admix_pairs (path, new_id) SELECT file_path, id FROM "
            + FILES
            + " WHERE dataset_id = ?",
        draftId);
    session.update(
        "UPDATE admix_pairs SET old_id = o.id FROM "
            + FILES
            + " o WHERE o.dataset_id = ? AND o.file_path = admix_pairs.path",
        datasetId);
  }

  private static void merge(Session session, String datasetId, String draftId, Instant now)
      throws SQLException {
    session.update(
        "UPDATE "
            + FILES
            + " AS o SET file_size = n.file_size, upload_time = n.upload_time, file_type ="
            + " n.file_type, check_sum = CASE WHEN n.check_sum IS NULL AND o.file_size ="
            + " n.file_size AND o.upload_time = n.upload_time THEN o.check_sum ELSE n.check_sum"
            + " END, tags = COALESCE(o.tags, n.tags), tags_updated_at = CASE WHEN o.tags IS NULL AND"
            + " n.tags IS NOT NULL THEN n.tags_updated_at ELSE COALESCE(o.tags_updated_at,"
            + " n.tags_updated_at) END,"
            + " metadata = CASE WHEN n.metadata IS NULL THEN o.metadata WHEN o.metadata IS NULL THEN"
            + " n.metadata ELSE "
            + session.dialect().mergedJson("o.metadata", "n.metadata")
            + " END, updated_at = ? FROM admix_pairs p"
            + " JOIN "
            + FILES
            + " n ON n.id = p.new_id AND n.dataset_id = ? WHERE o.dataset_id = ? AND o.id = p.old_id",
        now,
        draftId,
        datasetId);
    session.update(
        "DELETE FROM "
            + FILES
            + " WHERE dataset_id = ? AND NOT EXISTS (SELECT 1 FROM admix_pairs p WHERE p.old_id = "
            + FILES
            + ".id)",
        datasetId);
    session.update(
        "UPDATE "
            + FILES
            + " SET dataset_id = ? WHERE dataset_id = ? AND EXISTS (SELECT 1 FROM admix_pairs p"
            + " WHERE p.new_id = "
            + FILES
            + ".id AND p.old_id IS NULL)",
        datasetId,
        draftId);
  }

  /** After a failure PostgreSQL takes no statement but ROLLBACK, which drops the table too. */
  private static void drop(Session session) {
    try {
      session.execute("DROP TABLE admix_pairs");
    } catch (SQLException gone) {
      LOG.debug("the table of pairs goes with the transaction", gone);
    }
  }

  /** What the scan found. */
  record Counts(long files, long bytes) {}
}
