package io.admix.catalog;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.time.Clock;
import java.time.ZoneId;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One real PostgreSQL for all tests of this JVM, started when first asked for; each catalogue gets
 * a database of its own, sorted as en-US so that nothing rests on the order of bytes.
 */
public final class PostgresForTests {
  private static final AtomicInteger DATABASES = new AtomicInteger();

  private PostgresForTests() {}

  private static final class Server {
    static final EmbeddedPostgres POSTGRES = start();

    private static EmbeddedPostgres start() {
      try {
        EmbeddedPostgres postgres =
            EmbeddedPostgres.builder().setLocaleConfig("encoding", "UTF8").start();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(postgres)));
        return postgres;
      } catch (IOException fault) {
        throw new UncheckedIOException("PostgreSQL did not start", fault);
      }
    }

    private static void stop(EmbeddedPostgres postgres) {
      try {
        postgres.close();
      } catch (IOException fault) {
        throw new UncheckedIOException("PostgreSQL did not stop", fault);
      }
    }
  }

  /** Settings of a new, empty database. */
  public static CatalogSettings settings(Clock clock) {
    String name = "admix_" + DATABASES.incrementAndGet();
    try (var connection = Server.POSTGRES.getPostgresDatabase().getConnection();
        var statement = connection.createStatement()) {
      statement.execute(
          "CREATE DATABASE "
              + name
              + " TEMPLATE template0 ENCODING 'UTF8' LOCALE_PROVIDER icu ICU_LOCALE 'en-US' LOCALE 'C'");
    } catch (SQLException fault) {
      throw new IllegalStateException("no database " + name, fault);
    }
    return new CatalogSettings(
        Server.POSTGRES.getJdbcUrl("postgres", name),
        "postgres",
        "postgres",
        ZoneId.of("Europe/Berlin"),
        clock);
  }
}
