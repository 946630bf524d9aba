package io.admix.catalog;

import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.io.TempDir;

class SqliteCatalogOpeningTest extends CatalogOpeningContract {
  @TempDir Path folder;
  @TempDir Path another;

  @Override
  protected CatalogSettings newDatabase(Clock clock) {
    return SqliteForTests.settings(folder, clock);
  }

  @Override
  protected CatalogSettings anotherDatabase(Clock clock) {
    return SqliteForTests.settings(another, clock);
  }
}
