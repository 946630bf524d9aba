package io.admix.engine.spread;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Removing folders in which executors may still be writing. */
public final class Trees {
  private static final int TRIES = 5;

  private Trees() {}

  /** Removes a folder with all that is in it; symbolic links are not followed. */
  public static void remove(Path top) throws IOException {
    for (int i = 1; ; i++) {
      try {
        removeOnce(top);
        return;
      } catch (DirectoryNotEmptyException e) {
        if (i == TRIES) {
          throw e;
        }
      }
    }
  }

  /** Removes a folder if nothing is in it. */
  public static void removeIfEmpty(Path folder) throws IOException {
    try {
      Files.deleteIfExists(folder);
    } catch (DirectoryNotEmptyException e) {
      // It is another's by now.
    }
  }

  private static void removeOnce(Path path) throws IOException {
    if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
      try (DirectoryStream<Path> entries = Files.newDirectoryStream(path)) {
        for (Path entry : entries) {
          removeOnce(entry);
        }
      } catch (NoSuchFileException e) {
        return;
      }
    }
    Files.deleteIfExists(path);
  }
}
