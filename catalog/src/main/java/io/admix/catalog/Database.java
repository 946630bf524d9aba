package io.admix.catalog;

import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Connections and transactions of one database. Safe for many threads. */
sealed interface Database extends AutoCloseable permits SqliteDatabase, PostgresDatabase {

  /**
   * How long a step waits for a lock that another connection holds: longer than any step of ours
   * holds one (removing a million rows takes seconds), short enough that a forgotten session is
   * told while somebody still watches. An URL may say otherwise: {@code ?busy_timeout=} in
   * milliseconds for SQLite, {@code ?options=-c%20lock_timeout=…} for PostgreSQL.
   */
  Duration LOCK_PATIENCE = Duration.ofSeconds(30);

  Dialect dialect();

  /** Reads. One statement sees one snapshot. */
  <T extends @Nullable Object> T read(Work<T> work);

  /**
   * Commits what the work wrote when it returns, and rolls it back when it throws.
   *
   * @throws CommitUnknownException when the connection broke in the commit
   */
  <T extends @Nullable Object> T write(Durability durability, Work<T> work);

  default void change(Durability durability, Action action) {
    Work<@Nullable Void> work =
        session -> {
          action.in(session);
          return null;
        };
    write(durability, work);
  }

  /**
   * Reads all rows of a dataset.
   *
   * @see Scan
   */
  default ScanSummary scan(
      Dataset dataset, Set<Datasets.Column> columns, Datasets.RowVisitor visitor) {
    return read(session -> Scan.run(session, dataset, columns, visitor, null));
  }

  /** Statements executed since the start, each batch as one: what tests count. */
  long statements();

  @Override
  void close();

  /** What survives a loss of power. */
  enum Durability {
    /** All up to the last checkpoint or durable commit: what was lost is found and done again. */
    BATCH,
    /** This commit and all before it. */
    POWER_LOSS
  }
}
