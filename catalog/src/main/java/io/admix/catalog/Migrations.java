package io.admix.catalog;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.jspecify.annotations.Nullable;

/**
 * Brings the tables to this version. Flyway is loaded only when there is something to do: one query
 * of our version table tells.
 */
final class Migrations {
  /** The last migration below {@code migrations/}. */
  static final int SCHEMA = 4;

  /** By schema, from 1. */
  private static final List<String> SCRIPTS =
      List.of(
          "%s/V1__datamate_tables.sql",
          "common/V2__admix_tables.sql", "common/V3__service.sql", "common/V4__labelling.sql");

  private static final String FOLDER = "classpath:io/admix/catalog/migrations/";

  private Migrations() {}

  /**
   * Migrates where needed.
   *
   * @throws CatalogException when a newer version wrote the catalogue; nothing was changed
   */
  static void bringUpToDate(Database database, Supplier<DataSource> source, @Nullable Path file) {
    if (isCurrent(database)) {
      return;
    }
    // Flyway does not lock SQLite: two first starts at once would meet half a schema.
    synchronized (Migrations.class) {
      if (file == null) {
        migrate(database, source, SCHEMA);
        return;
      }
      Path lock = Path.of(file + ".migrating");
      try (var channel =
              FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          var held = channel.lock()) {
        if (held.isValid() && !isCurrent(database)) {
          migrate(database, source, SCHEMA);
        }
      } catch (IOException fault) {
        throw new CatalogException(
            "The catalogue's folder cannot be written: " + fault + ". Choose another --home.",
            fault);
      }
    }
  }

  private static boolean isCurrent(Database database) {
    return schemaOf(database) == SCHEMA;
  }

  /**
   * The schema that is there, 0 for none.
   *
   * @throws CatalogException when a newer version wrote the catalogue
   */
  static int schemaOf(Database database) {
    return database.read(Migrations::schemaOf);
  }

  static int schemaOf(Session session) throws java.sql.SQLException {
    Optional<Written> written = written(session);
    written.ifPresent(Migrations::requireKnown);
    return written.map(Written::schema).orElse(0);
  }

  /** The script of one schema, below the folder of migrations. */
  static String script(int schema, Dialect dialect) {
    return SCRIPTS.get(schema - 1).formatted(dialect.name());
  }

  private static void requireKnown(Written written) {
    if (written.schema > SCHEMA) {
      throw new CatalogException(
          "The catalogue was written by Admix %s (schema %d); this is Admix %s, which knows schemas up to %d. Use that version or a later one, or another --home. Nothing was changed."
              .formatted(written.by, written.schema, version(), SCHEMA));
    }
  }

  private static Optional<Written> written(Session session) throws java.sql.SQLException {
    if (!session.dialect().hasVersionTable(session)) {
      return Optional.empty();
    }
    return session.first(
        "SELECT schema, written_by FROM {a}version ORDER BY schema DESC LIMIT 1",
        row -> new Written(row.getInt(1), row.getString(2)));
  }

  /** Migrates to a schema, which for tests may be an older one. */
  static void migrate(Database database, Supplier<DataSource> source, int schema) {
    Map<String, String> placeholders =
        new HashMap<>(database.read(database.dialect()::migrationPlaceholders));
    placeholders.put("writtenBy", version());
    FluentConfiguration configuration =
        Flyway.configure()
            .dataSource(source.get())
            .locations(FOLDER + "common", FOLDER + database.dialect().name())
            .placeholders(placeholders)
            .target(Integer.toString(schema))
            .table("admix_schema_history")
            // Which schema is there stands in our own version table; a script that is written anew,
            // so that fresh catalogues need less, is no reason to refuse an old one.
            .validateOnMigrate(false);
    String home = database.dialect().migrationSchema();
    if (home != null) {
      configuration.defaultSchema(home).createSchemas(true);
    }
    // A file that other tables are in already is joined, not refused: only our own names matter.
    // What somebody has executed by hand is not executed again.
    configuration.baselineOnMigrate(true).baselineVersion(Integer.toString(schemaOf(database)));
    try {
      configuration.load().migrate();
    } catch (FlywayException fault) {
      throw new CatalogException(
          "The catalogue could not be brought to schema %s: %s. Mend the cause, then run the command again: a migration is made whole or not at all."
              .formatted(schema, rootOf(fault)),
          fault);
    }
  }

  /** Flyway's own message is a page; what the database said stands at its end. */
  private static String rootOf(Throwable fault) {
    Throwable root = fault;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return String.valueOf(root.getMessage()).strip();
  }

  /** This program's version, as the jar's manifest tells it. */
  static String version() {
    String version = Migrations.class.getPackage().getImplementationVersion();
    return version == null ? "(development)" : version;
  }

  private record Written(int schema, String by) {}
}
