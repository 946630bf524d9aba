package io.admix.catalog;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What differs between the databases. SQL texts are shared; {@link #render} fills in their
 * placeholders.
 */
interface Dialect {

  /** {@code sqlite} or {@code postgresql}. */
  String name();

  /**
   * Fills in <code>{a}</code> (prefix of our tables), <code>{bytes}</code> (order by bytes of
   * UTF-8), <code>{lock}</code> (locks the rows read) and <code>{place}</code> (where a row stands
   * in its table: rows that are never changed come in the order in which they were written).
   */
  String render(String template);

  /** Sets a time of one of DataMate's columns. */
  void bindTime(PreparedStatement statement, int index, Instant time) throws SQLException;

  /** Reads a time of one of DataMate's columns. */
  @Nullable Instant readTime(ResultSet row, int index) throws SQLException;

  /** Reads a time of one of DataMate's columns as the local time of the zone. */
  @Nullable LocalDateTime readLocal(ResultSet row, int index, ZoneId zone) throws SQLException;

  /** Serialises those who claim a dataset name, until the end of the transaction. */
  void lockName(Session session, String name) throws SQLException;

  /** For the rest of the transaction, or of its savepoint, locks are waited for only shortly. */
  void waitShortly(Session session) throws SQLException;

  /** For the rest of the transaction, which only reads, pauses between its rows may be long. */
  void readAtLeisure(Session session) throws SQLException;

  /**
   * For the rest of the transaction, joins large sets of which the database has no statistics yet.
   */
  void expectLargeJoins(Session session) throws SQLException;

  /**
   * Whether file rows are found in the order of their ids across datasets only: a dataset's own
   * rows come in no order, and all of them are sorted for the first.
   */
  boolean sortsFilesById();

  /** Whether our version table is there. */
  boolean hasVersionTable(Session session) throws SQLException;

  /** Inserts rows of one dataset, in the present transaction. */
  void insertFiles(Session session, String datasetId, List<FileInsert> rows, Instant now)
      throws SQLException;

  /**
   * Told by whoever changes file rows that were written before, in the transaction and before the
   * change: what is remembered of rows does not hold any more. Adding rows, and removing them, is
   * no change.
   */
  void fileRowsChange();

  /**
   * A condition for some rows of files, found without reading the others: takes the dataset's id
   * and how many.
   */
  String someFiles();

  /** Two JSON objects as one: where both have a key, the newer one's value. */
  String mergedJson(String older, String newer);

  /** Placeholders of the migrations. */
  Map<String, String> migrationPlaceholders(Session session) throws SQLException;

  /** The schema that holds Flyway's history, or null for the default one. */
  @Nullable String migrationSchema();
}
