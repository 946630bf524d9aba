package io.admix.catalog;

import java.time.Clock;

class PostgresTasksTest extends TasksContract {
  @Override
  protected CatalogSettings newDatabase(Clock clock) {
    return PostgresForTests.settings(clock);
  }
}
