package io.admix.catalog;

import java.time.Clock;

class PostgresDatasetLooksTest extends DatasetLooksContract {
  @Override
  protected CatalogSettings newDatabase(Clock clock) {
    return PostgresForTests.settings(clock);
  }
}
