package io.admix.catalog;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.sqlite.SQLiteConfig;

/** Puts together what a migration would execute. */
final class Pending {
  private static final String FOLDER = "migrations/";

  private Pending() {}

  static PendingMigration of(CatalogSettings settings) {
    return settings.url().startsWith("jdbc:sqlite:") ? sqlite(settings) : postgres(settings);
  }

  private static PendingMigration postgres(CatalogSettings settings) {
    try (PostgresDatabase database = new PostgresDatabase(settings)) {
      return of(
          Migrations.schemaOf(database),
          database.dialect(),
          database.read(database.dialect()::migrationPlaceholders));
    }
  }

  /** A file that is not there is not made, and one that is there stays as it is. */
  private static PendingMigration sqlite(CatalogSettings settings) {
    SqliteDialect dialect = new SqliteDialect();
    Path file = SqliteDatabase.file(settings.url());
    int from = file != null && Files.exists(file) ? schemaOf(file, dialect) : 0;
    return of(from, dialect, dialect.placeholders());
  }

  private static int schemaOf(Path file, SqliteDialect dialect) {
    SQLiteConfig config = new SQLiteConfig();
    config.setReadOnly(true);
    try (Connection connection = config.createConnection("jdbc:sqlite:" + file);
        Session session = new Session(connection, dialect, new LongAdder())) {
      return Migrations.schemaOf(session);
    } catch (SQLException fault) {
      throw Faults.of(fault);
    }
  }

  private static PendingMigration of(int from, Dialect dialect, Map<String, String> placeholders) {
    StringBuilder sql = new StringBuilder();
    if (from == 0 && dialect.migrationSchema() != null) {
      sql.append("CREATE SCHEMA IF NOT EXISTS ").append(dialect.migrationSchema()).append(";\n");
    }
    for (int schema = from + 1; schema <= Migrations.SCHEMA; schema++) {
      sql.append(filledIn(Migrations.script(schema, dialect), placeholders));
    }
    return new PendingMigration(from, Migrations.SCHEMA, sql.toString());
  }

  private static String filledIn(String script, Map<String, String> placeholders) {
    String text = "-- " + script + "\n" + read(FOLDER + script);
    for (Map.Entry<String, String> placeholder : placeholders.entrySet()) {
      text = text.replace("${" + placeholder.getKey() + "}", placeholder.getValue());
    }
    return text.replace("${writtenBy}", Migrations.version());
  }

  private static String read(String resource) {
    try (InputStream in = Pending.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("no resource " + resource);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException fault) {
      throw new CatalogException("The migration %s cannot be read.".formatted(resource), fault);
    }
  }
}
