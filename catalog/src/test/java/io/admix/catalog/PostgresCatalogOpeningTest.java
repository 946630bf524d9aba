package io.admix.catalog;

import java.time.Clock;

class PostgresCatalogOpeningTest extends CatalogOpeningContract {
  @Override
  protected CatalogSettings newDatabase(Clock clock) {
    return PostgresForTests.settings(clock);
  }

  @Override
  protected CatalogSettings anotherDatabase(Clock clock) {
    return PostgresForTests.settings(clock);
  }
}
