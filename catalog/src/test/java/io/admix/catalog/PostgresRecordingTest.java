package io.admix.catalog;

import java.time.Clock;

class PostgresRecordingTest extends RecordingContract {
  @Override
  protected CatalogSettings newDatabase(Clock clock) {
    return PostgresForTests.settings(clock);
  }
}
