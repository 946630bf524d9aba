package io.admix.engine.run;

import io.admix.catalog.PostgresForTests;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;

/** Runs by every method, layout and policy on a real PostgreSQL. */
class PostgresMixRunTest extends MixRunTest {
  @Override
  Lab openLab(Path root) throws IOException {
    return new Lab(root, PostgresForTests.settings(Clock.systemUTC()));
  }
}
