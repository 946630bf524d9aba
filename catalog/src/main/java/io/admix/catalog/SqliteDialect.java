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

/** SQLite: our tables carry a prefix, times are integers. */
final class SqliteDialect implements Dialect {
  private final Map<String, String> rendered = new ConcurrentHashMap<>();
  private final BareDatasets bare = new BareDatasets();

  BareDatasets bare() {
    return bare;
  }

  @Override
  public String name() {
    return "sqlite";
  }

  @Override
  public String render(String template) {
    return rendered.computeIfAbsent(
        template,
        text ->
            text.replace("{a}", "admix_")
                .replace("{bytes}", "COLLATE BINARY")
                .replace("{lock}", "")
                .replace("{lock-free}", "")
                .replace("{place}", "rowid"));
  }

  @Override
  public void bindTime(PreparedStatement statement, int index, Instant time) throws SQLException {
    statement.setLong(index, Times.micros(time));
  }

  @Override
  public @Nullable Instant readTime(ResultSet row, int index) throws SQLException {
    long micros = row.getLong(index);
    return micros == 0 && row.wasNull() ? null : Times.ofMicros(micros);
  }

  @Override
  public @Nullable LocalDateTime readLocal(ResultSet row, int index, ZoneId zone)
      throws SQLException {
    @Nullable Instant time = readTime(row, index);
    return time == null ? null : LocalDateTime.ofInstant(time, zone);
  }

  /** A transaction that writes is alone. */
  @Override
  public void lockName(Session session, String name) {}

  /** Whoever writes holds every lock. */
  @Override
  public void waitShortly(Session session) {}

  /** Who reads holds nobody up. */
  @Override
  public void readAtLeisure(Session session) {}

  /** SQLite makes an index of its own for such a join. */
  @Override
  public void expectLargeJoins(Session session) {}

  /** The key of a row is its dataset, then its id. */
  @Override
  public boolean sortsFilesById() {
    return false;
  }

  @Override
  public boolean hasVersionTable(Session session) throws SQLException {
    return session
        .first(
            "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = '{a}version'", row -> true)
        .isPresent();
  }

  @Override
  public void insertFiles(Session session, String datasetId, List<FileInsert> rows, Instant now)
      throws SQLException {
    SqliteFileRows.insert(session, bare, datasetId, rows, now);
  }

  @Override
  public void fileRowsChange() {
    bare.changed();
  }

  @Override
  public String someFiles() {
    return "id IN (SELECT f.id FROM t_dm_dataset_files f WHERE f.dataset_id = ? LIMIT ?)";
  }

  @Override
  public String mergedJson(String older, String newer) {
    return "json_patch(" + older + ", " + newer + ")";
  }

  @Override
  public Map<String, String> migrationPlaceholders(Session session) {
    return placeholders();
  }

  /** The same in every file. */
  Map<String, String> placeholders() {
    return Map.of(
        "admix", "admix_", "index", "admix_", "key", "TEXT", "text", "TEXT", "blob", "BLOB");
  }

  @Override
  public @Nullable String migrationSchema() {
    return null;
  }
}
