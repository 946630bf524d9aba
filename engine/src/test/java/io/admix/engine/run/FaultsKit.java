package io.admix.engine.run;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Sources and engines of tests that let calls fail; the sources are compared after each. */
abstract class FaultsKit {
  @TempDir(factory = InMemory.class)
  Path folder;

  CrashSources sources;
  CrashBench bench;

  @BeforeEach
  void open() throws Exception {
    Path root = folder.toRealPath();
    sources = CrashSources.make(root.resolve("sources"), FaultedMix.FILES, 1);
    bench = CrashBench.onSqlite(root);
  }

  @AfterEach
  void close() throws Exception {
    bench.close();
    sources.assertUnchanged();
  }
}
