package io.admix.catalog;

import java.time.Clock;

class PostgresDataMateTablesTest extends DataMateTablesContract {

  @Override
  protected CatalogSettings newDatabase(Clock clock) {
    return PostgresForTests.settings(clock);
  }
}
