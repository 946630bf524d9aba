package io.admix.cli;

import java.nio.file.Files;
import java.nio.file.Path;

/** Finds the top of the source tree. */
final class Repository {
  private Repository() {}

  static Path root() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.exists(folder.resolve("cli/pom.xml"))) {
      folder = folder.getParent();
    }
    return folder;
  }
}
