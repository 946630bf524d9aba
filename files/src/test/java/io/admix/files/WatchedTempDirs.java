package io.admix.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.AnnotatedElementContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDirFactory;

/** Makes the temporary folders of tests, and knows them: plans lie in them. */
public final class WatchedTempDirs implements TempDirFactory {
  private static final List<Path> MADE = new ArrayList<>();

  @Override
  public Path createTempDirectory(AnnotatedElementContext element, ExtensionContext test)
      throws IOException {
    Path folder = Files.createTempDirectory("junit-");
    synchronized (MADE) {
      MADE.add(folder);
    }
    return folder;
  }

  /** Those that are still there. */
  static List<Path> present() {
    synchronized (MADE) {
      MADE.removeIf(folder -> !Files.isDirectory(folder));
      return List.copyOf(MADE);
    }
  }
}
