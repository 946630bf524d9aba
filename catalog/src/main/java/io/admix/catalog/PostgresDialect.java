package io.admix.catalog;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * PostgreSQL: our tables stand in schema {@code admix}; DataMate's times are local times of one
 * zone.
 */
final class PostgresDialect implements Dialect {
  private final Map<String, String> rendered = new ConcurrentHashMap<>();
  private final ZoneId zone;

  PostgresDialect(ZoneId zone) {
    this.zone = zone;
  }

  @Override
  public String name() {
    return "postgresql";
  }

  @Override
  public String render(String template) {
    return rendered.computeIfAbsent(
        template,
        text ->
            text.replace("{a}", "admix.")
                .replace("{bytes}", "COLLATE \"C\"")
                .replace("{lock}", "FOR UPDATE")
                .replace("{lock-free}", "FOR UPDATE SKIP LOCKED")
                .replace("{place}", "ctid"));
  }

  /** Cut to microseconds, as SQLite keeps them; the driver would round. */
  LocalDateTime local(Instant time) {
    return LocalDateTime.ofInstant(Times.ofMicros(Times.micros(time)), zone);
  }

  @Override
  public void bindTime(PreparedStatement statement, int index, Instant time) throws SQLException {
    statement.setObject(index, local(time));
  }

  @Override
  public @Nullable Instant readTime(ResultSet row, int index) throws SQLException {
    LocalDateTime local = row.getObject(index, LocalDateTime.class);
    return local == null ? null : local.atZone(zone).toInstant();
  }

  /**
   * As it is written there: on the day of a change of clocks an instant would not bring it back.
   */
  @Override
  public @Nullable LocalDateTime readLocal(ResultSet row, int index, ZoneId zone)
      throws SQLException {
    return row.getObject(index, LocalDateTime.class);
  }

  @Override
  public void lockName(Session session, String name) throws SQLException {
    session.list(
        "SELECT pg_advisory_xact_lock(hashtextextended(?, 4711))",
        row -> true,
        "admix name " + name);
  }

  @Override
  public void waitShortly(Session session) throws SQLException {
    session.execute("SET LOCAL lock_timeout = '2s'");
  }

  @Override
  public void readAtLeisure(Session session) throws SQLException {
    try (var statement = session.connection().createStatement()) {
      statement.execute("SET LOCAL idle_in_transaction_session_timeout = 0");
    }
  }

  /**
   * Of rows just written the planner knows nothing, takes them for few, and would compare every
   * pair: 200,000 rows did not end in a minute.
   */
  @Override
  public void expectLargeJoins(Session session) throws SQLException {
    session.execute("SET LOCAL enable_nestloop = off");
  }

  @Override
  public boolean sortsFilesById() {
    return true;
  }

  @Override
  public boolean hasVersionTable(Session session) throws SQLException {
    return session
        .first("SELECT to_regclass('{a}version') IS NOT NULL", row -> row.getBoolean(1))
        .orElse(false);
  }

  @Override
  public void insertFiles(Session session, String datasetId, List<FileInsert> rows, Instant now)
      throws SQLException {
    PostgresFileRows.insert(session, this, datasetId, rows, now);
  }

  /** By where they stand: by their ids it may read all others of the dataset beside them. */
  /** Nothing is remembered. */
  @Override
  public void fileRowsChange() {}

  @Override
  public String someFiles() {
    return "ctid = ANY (ARRAY (SELECT f.ctid FROM t_dm_dataset_files f WHERE f.dataset_id = ? LIMIT ?))";
  }

  @Override
  public String mergedJson(String older, String newer) {
    return older + " || " + newer;
  }

  @Override
  public Map<String, String> migrationPlaceholders(Session session) throws SQLException {
    String schema =
        session.first("SELECT current_schema()", row -> row.getString(1)).orElse("public");
    String quoted = "\"" + schema.replace("\"", "\"\"") + "\".";
    return Map.of(
        "datamate",
        quoted,
        "datamateText",
        quoted.replace("'", "''"),
        "admix",
        "admix.",
        "index",
        "",
        "key",
        "varchar(64)",
        "text",
        "text",
        "blob",
        "bytea");
  }

  @Override
  public String migrationSchema() {
    return "admix";
  }
}
