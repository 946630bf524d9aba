package io.admix.catalog;

import org.jspecify.annotations.Nullable;

/** Connections and transactions of one database. Safe for many threads. */
sealed interface Database extends AutoCloseable permits SqliteDatabase, PostgresDatabase {

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
