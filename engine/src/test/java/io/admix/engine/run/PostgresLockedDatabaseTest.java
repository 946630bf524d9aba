package io.admix.engine.run;

import io.admix.catalog.CatalogSettings;
import io.admix.catalog.PostgresForTests;
import java.nio.file.Path;
import java.time.Clock;

class PostgresLockedDatabaseTest extends LockedDatabaseTest {
  @Override
  CatalogSettings newDatabase(Path root) {
    CatalogSettings plain = PostgresForTests.settings(Clock.systemUTC());
    String separator = plain.url().contains("?") ? "&" : "?";
    return new CatalogSettings(
        plain.url() + separator + "options=-c%20lock_timeout=300",
        plain.user(),
        plain.password(),
        plain.zone(),
        plain.clock());
  }

  @Override
  String lock() {
    return "LOCK TABLE admix.tasks, admix.names IN ACCESS EXCLUSIVE MODE";
  }
}
