package io.admix.catalog;

import java.time.Clock;

class PostgresOwnedDatasetsTest extends OwnedDatasetsContract {
  @Override
  protected CatalogSettings newDatabase(Clock clock) {
    return PostgresForTests.settings(clock);
  }
}
