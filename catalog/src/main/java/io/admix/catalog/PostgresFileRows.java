package io.admix.catalog;

import java.nio.charset.StandardCharsets;
import java.sql.Array;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * Rows without a source row go in by COPY; those with one by one INSERT that joins arrays of the
 * new columns with the source rows.
 */
final class PostgresFileRows {
  private static final String COPY =
      "COPY t_dm_dataset_files (id, dataset_id, file_name, file_path, file_type, file_size, check_sum, tags, tags_updated_at, metadata, status, upload_time, created_at, updated_at) FROM STDIN";

  private static final String CARRY =
      "INSERT INTO t_dm_dataset_files (id, dataset_id, file_name, file_path, file_type, file_size, check_sum, tags, tags_updated_at, annotation, metadata, status, upload_time,"
          + " created_at, updated_at) SELECT v.id, ?, v.name, v.path, COALESCE(s.file_type, v.type), v.size, s.check_sum, s.tags, s.tags_updated_at, s.annotation, s.metadata, 'ACTIVE',"
          + " v.modified, ?, ? FROM unnest(?::varchar[], ?::varchar[], ?::varchar[], ?::varchar[], ?::bigint[], ?::timestamp[], ?::varchar[], ?::varchar[])"
          + " AS v(id, name, path, type, size, modified, source_dataset, source_row)"
          + " LEFT JOIN t_dm_dataset_files s ON s.id = v.source_row AND s.dataset_id = v.source_dataset";

  private PostgresFileRows() {}

  static void insert(
      Session session,
      PostgresDialect dialect,
      String datasetId,
      List<FileInsert> rows,
      Instant now)
      throws SQLException {
    if (rows.stream().allMatch(row -> row.sourceRow() == null)) {
      copy(session, dialect, datasetId, rows, now);
    } else {
      carry(session, dialect, datasetId, rows, now);
    }
  }

  private static void carry(
      Session session,
      PostgresDialect dialect,
      String datasetId,
      List<FileInsert> rows,
      Instant now)
      throws SQLException {
    PreparedStatement statement = session.prepare(CARRY);
    session.bind(statement, datasetId, now, now);
    Arrays arrays = new Arrays(session, statement, rows);
    arrays.set(4, "varchar", FileInsert::id);
    arrays.set(5, "varchar", FileInsert::name);
    arrays.set(6, "varchar", FileInsert::path);
    arrays.set(7, "varchar", FileInsert::type);
    arrays.set(8, "int8", FileInsert::size);
    arrays.set(
        9,
        "varchar",
        row -> row.modified() == null ? null : dialect.local(row.modified()).toString());
    arrays.set(10, "varchar", FileInsert::sourceDataset);
    arrays.set(11, "varchar", FileInsert::sourceRow);
    session.count();
    statement.executeUpdate();
  }

  private record Arrays(Session session, PreparedStatement statement, List<FileInsert> rows) {
    void set(int index, String type, Function<FileInsert, @Nullable Object> column)
        throws SQLException {
      Stream<@Nullable Object> values = rows.stream().map(column);
      Array array = session.connection().createArrayOf(type, values.toArray());
      statement.setArray(index, array);
    }
  }

  private static void copy(
      Session session,
      PostgresDialect dialect,
      String datasetId,
      List<FileInsert> rows,
      Instant now)
      throws SQLException {
    String made = dialect.local(now).toString();
    StringBuilder text = new StringBuilder(rows.size() * 320);
    for (FileInsert row : rows) {
      field(text, row.id()).append('\t');
      field(text, datasetId).append('\t');
      field(text, row.name()).append('\t');
      field(text, row.path()).append('\t');
      field(text, row.type()).append('\t');
      text.append(row.size()).append('\t');
      field(text, row.checkSum()).append('\t');
      field(text, row.tags()).append('\t');
      time(text, dialect, row.taggedAt()).append('\t');
      field(text, row.metadata()).append("\tACTIVE\t");
      time(text, dialect, row.modified()).append('\t');
      text.append(made).append('\t').append(made).append('\n');
    }
    send(session, text);
  }

  private static void send(Session session, StringBuilder text) throws SQLException {
    session.count();
    byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
    CopyIn copy = session.connection().unwrap(PGConnection.class).getCopyAPI().copyIn(COPY);
    try {
      copy.writeToCopy(bytes, 0, bytes.length);
      copy.endCopy();
    } finally {
      if (copy.isActive()) {
        copy.cancelCopy();
      }
    }
  }

  private static StringBuilder time(
      StringBuilder text, PostgresDialect dialect, @Nullable Instant time) {
    return time == null ? text.append("\\N") : text.append(dialect.local(time));
  }

  /** Text format of COPY: tab, line ends and backslash are escaped, NULL is {@code \N}. */
  private static StringBuilder field(StringBuilder text, @Nullable String value) {
    if (value == null) {
      return text.append("\\N");
    }
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      switch (c) {
        case '\t' -> text.append("\\t");
        case '\n' -> text.append("\\n");
        case '\r' -> text.append("\\r");
        case '\\' -> text.append("\\\\");
        default -> text.append(c);
      }
    }
    return text;
  }
}
