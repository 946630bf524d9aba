package io.admix.catalog;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Streams a dataset's rows with one statement, which is one snapshot. */
final class Scan {
  /** Rows that PostgreSQL sends at a time. */
  private static final int FETCH_ROWS = 2_000;

  /** Path, size, id: always asked for, before the others. */
  private static final int FIRST_COLUMNS = 3;

  private Scan() {}

  /**
   * @param carries where it is to be told in the first element whether any row has something that a
   *     mix carries over, see {@link BareDatasets}; else null
   */
  static ScanSummary run(
      Session session,
      Dataset dataset,
      Set<Datasets.Column> columns,
      Datasets.RowVisitor visitor,
      boolean @Nullable [] carries)
      throws SQLException {
    session.dialect().readAtLeisure(session);
    PreparedStatement statement = session.prepare(sql(dataset, columns, carries != null));
    int carriesAt = FIRST_COLUMNS + columns.size() + 1;
    statement.setFetchSize(FETCH_ROWS);
    session.bind(statement, dataset.id());
    session.count();
    long handedOut = 0;
    long unsafe = 0;
    List<String> shown = new ArrayList<>();
    try (ResultSet rows = statement.executeQuery()) {
      ScannedRow row =
          new ScannedRow(rows, session.dialect(), RowPaths.prefix(dataset.path()), columns);
      while (rows.next()) {
        boolean isSafe = row.advance();
        if (carries != null && !carries[0]) {
          carries[0] = row.carries(carriesAt);
        }
        if (isSafe) {
          visitor.row(row);
          handedOut++;
        } else {
          unsafe++;
          if (shown.size() < ScanSummary.UNSAFE_SHOWN) {
            shown.add(row.path());
          }
        }
      }
    }
    return new ScanSummary(handedOut, unsafe, List.copyOf(shown));
  }

  private static String sql(Dataset dataset, Set<Datasets.Column> columns, boolean tellsCarrying) {
    StringBuilder sql = new StringBuilder("SELECT file_path, file_size, id");
    addColumns(sql, columns);
    if (tellsCarrying) {
      sql.append(", ").append(BareDatasets.TYPE_UNLESS_CARRYING);
    }
    sql.append(" FROM t_dm_dataset_files WHERE dataset_id = ? AND status = 'ACTIVE'");
    if (dataset.kind() == Dataset.Kind.FOREIGN) {
      sql.append(" ORDER BY file_path {bytes}, id {bytes}");
    }
    return sql.toString();
  }

  /** The columns in the order in which {@link ScannedRow} finds them. */
  static void addColumns(StringBuilder sql, Set<Datasets.Column> columns) {
    for (Datasets.Column column : Datasets.Column.values()) {
      if (columns.contains(column)) {
        sql.append(", ").append(name(column));
      }
    }
  }

  private static String name(Datasets.Column column) {
    return switch (column) {
      case TAGS -> "tags";
      case TAGGED_AT -> "tags_updated_at";
      case MODIFIED -> "upload_time";
      case CHECK_SUM -> "check_sum";
      case METADATA -> "metadata";
    };
  }
}
