package io.admix.catalog;

import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.io.TempDir;

class SqliteDatasetLooksTest extends DatasetLooksContract {
  @TempDir Path folder;

  @Override
  protected CatalogSettings newDatabase(Clock clock) {
    return SqliteForTests.settings(folder, clock);
  }
}
