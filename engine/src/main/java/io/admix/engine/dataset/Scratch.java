package io.admix.engine.dataset;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A folder for spools, gone when it is closed. */
record Scratch(Path folder) implements AutoCloseable {

  static Scratch in(Path stateDir) throws IOException {
    Files.createDirectories(stateDir);
    return new Scratch(Files.createTempDirectory(stateDir, ".scan-"));
  }

  @Override
  public void close() throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }
}
