package io.admix.engine.run;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.admix.files.FileAccess;

/** The two ways to files, so that a test says which one it proves. */
enum Accesses {
  PORTABLE,
  LINUX;

  FileAccess open() {
    if (this == PORTABLE) {
      return FileAccess.portable();
    }
    FileAccess best = FileAccess.best();
    assumeTrue(best.name().equals("linux"), "the native access is not to be had here");
    return best;
  }
}
