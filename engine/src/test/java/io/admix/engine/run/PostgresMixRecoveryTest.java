package io.admix.engine.run;

import io.admix.catalog.PostgresForTests;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;

/** Crashes between the steps of a run on a real PostgreSQL. */
class PostgresMixRecoveryTest extends MixRecoveryTest {
  @Override
  Lab openLab(Path root) throws IOException {
    return new Lab(root, PostgresForTests.settings(Clock.systemUTC()));
  }
}
