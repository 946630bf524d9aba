package io.admix.catalog;

import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;

/** Settings of SQLite catalogues below a folder of a test. */
public final class SqliteForTests {
  private SqliteForTests() {}

  /** A file {@code catalog.db} in the folder. */
  public static CatalogSettings settings(Path folder, Clock clock) {
    return new CatalogSettings(
        "jdbc:sqlite:" + folder.resolve("catalog.db"), null, null, ZoneId.of("UTC"), clock);
  }
}
