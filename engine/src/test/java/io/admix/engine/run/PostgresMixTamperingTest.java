package io.admix.engine.run;

import io.admix.catalog.PostgresForTests;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;

/** Tampering between two attempts, on a real PostgreSQL. */
class PostgresMixTamperingTest extends MixTamperingTest {
  @Override
  Lab openLab(Path root) throws IOException {
    return new Lab(root, PostgresForTests.settings(Clock.systemUTC()));
  }
}
