package io.admix.engine.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** One file that a fuzz target writes again for each input; gone when the process ends. */
public final class FuzzFile {
  /** Plans are synced, which takes no time in memory. */
  private static final Path MEMORY = Path.of("/dev/shm");

  private final Path file;

  public FuzzFile(String name) {
    try {
      Path folder =
          Files.isWritable(MEMORY)
              ? Files.createTempDirectory(MEMORY, "admix-fuzz")
              : Files.createTempDirectory("admix-fuzz");
      file = folder.resolve(name);
      Runtime.getRuntime().addShutdownHook(new Thread(this::delete));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public Path with(byte[] content) throws IOException {
    return Files.write(file, content);
  }

  public Path path() {
    return file;
  }

  private void delete() {
    try {
      Files.deleteIfExists(file);
      Files.deleteIfExists(file.getParent());
    } catch (IOException e) {
      // Left in the folder for temporary files.
    }
  }
}
