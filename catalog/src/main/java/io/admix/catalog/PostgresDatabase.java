package io.admix.catalog;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.LongAdder;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** A pool of connections to PostgreSQL. */
final class PostgresDatabase implements Database {
  /** A task needs one that writes and two that scan; more tasks share. */
  private static final int CONNECTIONS_MAX = 10;

  /** How long a step waits for a connection; the URL may say otherwise. */
  private static final long CONNECT_TIMEOUT_MILLIS = 15_000;

  private static final Pattern CONNECT_TIMEOUT = Pattern.compile("[?&]connectTimeout=(\\d{1,4})");

  /**
   * A connection whose answer does not come for so long is dead: a server that vanished without a
   * word never ends it. No statement of ours takes so long but the removal of tens of millions of
   * rows, for which the URL may say {@code ?socketTimeout=} in seconds.
   */
  private static final int ANSWER_TIMEOUT_SECONDS = 120;

  /**
   * A server that lets commits be lost by default does not let ours: a published dataset must be
   * found after a crash. A process that is frozen in a transaction loses it, so that its locks do
   * not keep others from its task for ever. What the URL or the server's administrator says of
   * locks stays.
   */
  private static final String SESSION =
      "SELECT set_config('lock_timeout', CASE current_setting('lock_timeout') WHEN '0' THEN '%1$d' ELSE current_setting('lock_timeout') END, false), set_config('synchronous_commit', CASE current_setting('synchronous_commit') WHEN 'off' THEN 'on' ELSE current_setting('synchronous_commit') END, false), set_config('idle_in_transaction_session_timeout', CASE current_setting('idle_in_transaction_session_timeout') WHEN '0' THEN '%1$d' ELSE current_setting('idle_in_transaction_session_timeout') END, false)"
          .formatted(LOCK_PATIENCE.toMillis());

  private final Dialect dialect;
  private final LongAdder executed = new LongAdder();
  private final HikariDataSource pool;

  PostgresDatabase(CatalogSettings settings) {
    dialect = new PostgresDialect(settings.zone());
    HikariConfig config = new HikariConfig();
    config.setPoolName("admix-catalog");
    config.setJdbcUrl(settings.url());
    config.setUsername(settings.user());
    config.setPassword(settings.password());
    config.setAutoCommit(false);
    config.setMaximumPoolSize(CONNECTIONS_MAX);
    config.setMinimumIdle(1);
    config.setConnectionTimeout(connectMillis(settings.url()));
    // Text goes to jsonb columns as it goes to SQLite's.
    config.addDataSourceProperty("stringtype", "unspecified");
    config.addDataSourceProperty("reWriteBatchedInserts", "true");
    config.addDataSourceProperty("ApplicationName", "admix");
    config.addDataSourceProperty("tcpKeepAlive", "true");
    config.addDataSourceProperty("socketTimeout", Integer.toString(ANSWER_TIMEOUT_SECONDS));
    config.setConnectionInitSql(SESSION + timeZone(settings.zone()));
    // Without it the pool rolls back what the first statement has set.
    config.setIsolateInternalQueries(true);
    try {
      pool = new HikariDataSource(config);
    } catch (HikariPool.PoolInitializationException fault) {
      throw new CatalogException(
          "The database %s cannot be reached: %s. See that it runs and that user and password are right."
              .formatted(settings.url(), rootMessage(fault)),
          fault);
    }
  }

  /**
   * DataMate's triggers and defaults write the session's local time, which must be the zone of all
   * other times.
   */
  private static String timeZone(ZoneId zone) {
    String name = zone.getId();
    if (zone.normalized() instanceof ZoneOffset offset) {
      // What POSIX writes with a plus lies west.
      name =
          "<%s>%s"
              .formatted(
                  offset.getId(), ZoneOffset.ofTotalSeconds(-offset.getTotalSeconds()).getId());
    }
    return ", set_config('TimeZone', '%s', false)"
        .formatted("<Z>Z".equals(name) ? "UTC" : name.replace("'", "''"));
  }

  private static long connectMillis(String url) {
    Matcher given = CONNECT_TIMEOUT.matcher(url);
    return given.find()
        ? Math.max(250, Long.parseLong(given.group(1)) * 1_000)
        : CONNECT_TIMEOUT_MILLIS;
  }

  private static String rootMessage(Throwable fault) {
    Throwable cause = fault;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return String.valueOf(cause.getMessage());
  }

  DataSource source() {
    return pool;
  }

  @Override
  public Dialect dialect() {
    return dialect;
  }

  @Override
  public long statements() {
    return executed.sum();
  }

  /** The pool rolls back what is open when the connection comes back, which ends the snapshot. */
  @Override
  public <T extends @Nullable Object> T read(Work<T> work) {
    try (Connection connection = pool.getConnection()) {
      return work.in(new Session(connection, dialect, executed));
    } catch (SQLException fault) {
      throw Faults.of(fault);
    }
  }

  /** Every commit of PostgreSQL survives a loss of power. */
  @Override
  public <T extends @Nullable Object> T write(Durability durability, Work<T> work) {
    try (Connection connection = pool.getConnection()) {
      T result = transact(connection, work);
      commit(connection);
      return result;
    } catch (SQLException fault) {
      throw Faults.of(fault);
    }
  }

  private <T extends @Nullable Object> T transact(Connection connection, Work<T> work)
      throws SQLException {
    try {
      return work.in(new Session(connection, dialect, executed));
    } catch (SQLException | RuntimeException | Error fault) {
      rollBack(connection, fault);
      throw fault;
    }
  }

  private static void commit(Connection connection) {
    try {
      connection.commit();
    } catch (SQLException fault) {
      rollBack(connection, fault);
      throw Faults.ofCommit(fault);
    }
  }

  private static void rollBack(Connection connection, Throwable reason) {
    try {
      connection.rollback();
    } catch (SQLException second) {
      reason.addSuppressed(second);
    }
  }

  @Override
  public void close() {
    pool.close();
  }
}
