package io.admix.engine.run;

import io.admix.catalog.PostgresForTests;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;

class PostgresLostAnswerTest extends LostAnswerTest {
  @Override
  Lab open(Path root) throws IOException {
    return new Lab(root, PostgresForTests.settings(Clock.systemUTC()));
  }
}
