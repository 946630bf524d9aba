package io.admix.cli;

import io.admix.catalog.CatalogSettings;
import io.admix.catalog.PostgresForTests;
import io.admix.engine.Admix;
import io.admix.engine.RefusedException;
import io.admix.engine.settings.SettingsInput;
import io.admix.engine.settings.SettingsLoader;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A home folder and its catalogue, as a process finds them in its environment.
 *
 * @param environment ADMIX_HOME, and for PostgreSQL the database and who asks
 */
record Home(Path folder, Database database, Map<String, String> environment) {

  enum Database {
    SQLITE,
    POSTGRESQL
  }

  static Home sqlite(Path folder) {
    return new Home(folder, Database.SQLITE, Map.of("ADMIX_HOME", folder.toString()));
  }

  /** A home whose catalogue is a new database of a real PostgreSQL. */
  static Home postgres(Path folder) {
    CatalogSettings settings = PostgresForTests.settings(Clock.systemUTC());
    Map<String, String> environment = new HashMap<>();
    environment.put("ADMIX_HOME", folder.toString());
    environment.put("ADMIX_DB", settings.url().replaceAll("[?].*", ""));
    environment.put("ADMIX_DB_USER", String.valueOf(settings.user()));
    environment.put("ADMIX_DB_PASSWORD", String.valueOf(settings.password()));
    return new Home(folder, Database.POSTGRESQL, Map.copyOf(environment));
  }

  static Home of(Database database, Path folder) {
    return database == Database.SQLITE ? sqlite(folder) : postgres(folder);
  }

  /** The engine over it, in this process. */
  Admix open(String... overrides) throws RefusedException {
    return Admix.open(
        SettingsLoader.load(
            new SettingsInput(null, null, List.of(overrides), environment, folder)));
  }

  Path state() {
    return folder.resolve("state");
  }

  /** The catalogue by plain JDBC: a witness that shares no code with Admix. */
  Connection connect() throws SQLException {
    return database == Database.SQLITE
        ? DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("catalog.db"))
        : DriverManager.getConnection(
            environment.get("ADMIX_DB"),
            environment.get("ADMIX_DB_USER"),
            environment.get("ADMIX_DB_PASSWORD"));
  }
}
