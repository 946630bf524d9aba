package io.admix.catalog;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * One snapshot of a PostgreSQL catalogue that many processes read, each some pages of the table of
 * files: the transaction that is open here exports it, and whoever knows its id joins it. It ends
 * when this is closed. Nothing is written. Used by one thread.
 */
public final class SharedSnapshot implements AutoCloseable {
  /** Before it a range of pages was found by reading the whole table. */
  private static final int OLDEST_SERVER = 14;

  private static final int FETCH_ROWS = 2_000;

  /** Path, size, id: first in a row, see {@link ScannedRow}. */
  private static final int FIRST_COLUMNS = 3;

  private static final String OF_DATASETS = " WHERE dataset_id = ANY (?) AND status = 'ACTIVE'";

  private final Session session;
  private final String id;
  private final long pages;

  /** Sees the rows of some datasets; the row object is reused. */
  @FunctionalInterface
  public interface Visitor {
    /**
     * @param dataset its place in the list that was asked for
     */
    void row(int dataset, FileRow row);
  }

  private SharedSnapshot(Session session) throws SQLException {
    this.session = session;
    session.dialect().readAtLeisure(session);
    this.id = one(session, "SELECT pg_export_snapshot()");
    this.pages =
        Long.parseLong(
            one(
                session,
                "SELECT (pg_relation_size('t_dm_dataset_files') / current_setting('block_size')::bigint)::text"));
  }

  /**
   * Begins a snapshot.
   *
   * @throws CatalogException when the catalogue is no PostgreSQL, an old one, or is not reached
   */
  public static SharedSnapshot begin(CatalogSettings settings) {
    if (!settings.url().startsWith("jdbc:postgresql:")) {
      throw new CatalogException(
          "Only PostgreSQL is read in partitions: export another catalogue with admix dataset export DIR.");
    }
    try {
      Session session = connect(settings);
      try {
        int server = session.connection().getMetaData().getDatabaseMajorVersion();
        if (server < OLDEST_SERVER) {
          throw new CatalogException(
              "The database is PostgreSQL %d; partitions are read from %d on: use admix dataset export DIR."
                  .formatted(server, OLDEST_SERVER));
        }
        return new SharedSnapshot(session);
      } catch (SQLException | RuntimeException e) {
        session.close();
        throw e;
      }
    } catch (SQLException e) {
      throw Faults.of(e);
    }
  }

  private static Session connect(CatalogSettings settings) throws SQLException {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(settings.url());
    source.setUser(settings.user());
    source.setPassword(settings.password());
    source.setApplicationName("admix");
    source.setTcpKeepAlive(true);
    Connection connection = source.getConnection();
    try {
      connection.setReadOnly(true);
      connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      connection.setAutoCommit(false);
      return new Session(connection, new PostgresDialect(settings.zone()), new LongAdder());
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  private static String one(Session session, String sql) throws SQLException {
    return session.first(sql, row -> row.getString(1)).orElseThrow();
  }

  /** What others join it by, as long as this is open. */
  public String id() {
    return id;
  }

  /** Pages of the table of files; every row of the snapshot stands in one of them. */
  public long pages() {
    return pages;
  }

  /** All ACTIVE datasets. */
  public List<Dataset> datasets() {
    try {
      return session.list(
          DatasetRows.SELECT + "WHERE d.status = 'ACTIVE'",
          row -> DatasetRows.map(row, session.dialect()));
    } catch (SQLException e) {
      throw Faults.of(e);
    }
  }

  /** The datasets of these ids as the snapshot has them; those that it has not are left out. */
  public List<Dataset> datasets(List<String> ids) {
    try {
      List<Dataset> found = new ArrayList<>();
      for (String each : ids) {
        DatasetRows.byId(session, each).ifPresent(found::add);
      }
      return found;
    } catch (SQLException e) {
      throw Faults.of(e);
    }
  }

  /**
   * Shows rows of some of the table's pages, chosen at random: about as many as are wanted.
   *
   * @param rows wanted; all are shown where there are fewer
   */
  public void sample(List<Dataset> datasets, int rows, Visitor visitor) {
    double all = Math.max(1, datasets.stream().mapToLong(Dataset::files).sum());
    double percent = Math.clamp(100.0 * rows / all, 0.000_1, 100);
    String sql =
        select(Set.of())
            + " FROM t_dm_dataset_files TABLESAMPLE SYSTEM (%s) REPEATABLE (1)"
                .formatted(Double.toString(percent))
            + OF_DATASETS;
    try {
      visit(session, sql, datasets, Set.of(), visitor);
    } catch (SQLException e) {
      throw Faults.of(e);
    }
  }

  /**
   * Joins a snapshot and streams the rows of datasets that stand in some pages, in no order.
   *
   * @param from the first page
   * @param to behind the last page
   * @return what was seen, for each dataset
   * @throws CatalogException when the snapshot has ended, or the database is not reached
   */
  public static List<ScanSummary> scan(
      CatalogSettings settings,
      String snapshot,
      List<Dataset> datasets,
      long from,
      long to,
      Set<Datasets.Column> columns,
      Visitor visitor) {
    String sql =
        select(columns)
            + " FROM t_dm_dataset_files"
            + OF_DATASETS
            + " AND ctid >= '(%d,0)'::tid AND ctid < '(%d,0)'::tid".formatted(from, to);
    try (Session session = connect(settings)) {
      session.execute(
          "SET TRANSACTION SNAPSHOT '" + snapshot.replaceAll("[^0-9A-Fa-f-]", "") + "'");
      session.dialect().readAtLeisure(session);
      return visit(session, sql, datasets, columns, visitor);
    } catch (SQLException e) {
      throw Faults.of(e);
    }
  }

  private static String select(Set<Datasets.Column> columns) {
    StringBuilder sql = new StringBuilder("SELECT file_path, file_size, id");
    Scan.addColumns(sql, columns);
    return sql.append(", dataset_id").toString();
  }

  private static List<ScanSummary> visit(
      Session session,
      String sql,
      List<Dataset> datasets,
      Set<Datasets.Column> columns,
      Visitor visitor)
      throws SQLException {
    List<Seen> seen = new ArrayList<>();
    Map<String, Integer> places = new HashMap<>();
    PreparedStatement statement = session.prepare(sql);
    statement.setFetchSize(FETCH_ROWS);
    statement.setArray(
        1,
        session
            .connection()
            .createArrayOf("varchar", datasets.stream().map(Dataset::id).toArray()));
    int datasetAt = FIRST_COLUMNS + columns.size() + 1;
    try (ResultSet rows = statement.executeQuery()) {
      for (Dataset dataset : datasets) {
        places.put(dataset.id(), seen.size());
        seen.add(
            new Seen(
                new ScannedRow(rows, session.dialect(), RowPaths.prefix(dataset.path()), columns)));
      }
      while (rows.next()) {
        Integer place = places.get(rows.getString(datasetAt));
        if (place != null) {
          seen.get(place).take(place, visitor);
        }
      }
    }
    return seen.stream().map(Seen::summary).toList();
  }

  /** What was seen of one dataset. */
  private static final class Seen {
    private final ScannedRow row;
    private final List<String> shown = new ArrayList<>();
    private long handedOut;
    private long unsafe;

    Seen(ScannedRow row) {
      this.row = row;
    }

    void take(int place, Visitor visitor) throws SQLException {
      if (row.advance()) {
        visitor.row(place, row);
        handedOut++;
        return;
      }
      unsafe++;
      if (shown.size() < ScanSummary.UNSAFE_SHOWN) {
        shown.add(row.path());
      }
    }

    ScanSummary summary() {
      return new ScanSummary(handedOut, unsafe, List.copyOf(shown));
    }
  }

  @Override
  public void close() {
    try {
      session.close();
    } catch (SQLException e) {
      throw Faults.of(e);
    }
  }
}
