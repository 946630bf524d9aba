package io.admix.catalog;

import java.time.Clock;

class PostgresTaskQueueTest extends TaskQueueContract {
  @Override
  protected CatalogSettings newDatabase(Clock clock) {
    return PostgresForTests.settings(clock);
  }
}
