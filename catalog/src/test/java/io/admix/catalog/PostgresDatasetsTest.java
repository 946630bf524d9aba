package io.admix.catalog;

import java.time.Clock;

class PostgresDatasetsTest extends DatasetsContract {
  @Override
  protected CatalogSettings newDatabase(Clock clock) {
    return PostgresForTests.settings(clock);
  }
}
