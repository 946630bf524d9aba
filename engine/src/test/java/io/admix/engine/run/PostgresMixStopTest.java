package io.admix.engine.run;

import io.admix.catalog.PostgresForTests;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;

/** Stops, cancels and runners that meet, on a real PostgreSQL. */
class PostgresMixStopTest extends MixStopTest {
  @Override
  Lab openLab(Path root) throws IOException {
    return new Lab(root, PostgresForTests.settings(Clock.systemUTC()));
  }
}
