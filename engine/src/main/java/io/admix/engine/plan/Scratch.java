package io.admix.engine.plan;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The scratch folder of one plan, {@code plan-<pid>-<n>}; removed with all it holds when closed.
 * Those of processes that are no more are removed by the next plan.
 */
final class Scratch implements AutoCloseable {
  private static final String PREFIX = "plan-";
  private static final AtomicLong NUMBER = new AtomicLong();

  private final Path folder;

  private Scratch(Path folder) {
    this.folder = folder;
  }

  static Scratch open(Path parent) throws IOException {
    Files.createDirectories(parent);
    removeDead(parent);
    Path folder =
        parent.resolve(PREFIX + ProcessHandle.current().pid() + "-" + NUMBER.incrementAndGet());
    // A process of the same number before a restart may have left one.
    removeAll(folder);
    return new Scratch(Files.createDirectory(folder));
  }

  Path folder() {
    return folder;
  }

  private static void removeDead(Path parent) throws IOException {
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(parent, PREFIX + "*")) {
      for (Path folder : folders) {
        if (isDead(folder.getFileName().toString())) {
          removeAll(folder);
        }
      }
    }
  }

  private static boolean isDead(String name) {
    String[] parts = name.split("-", -1);
    if (parts.length != 3 || !parts[1].matches("[0-9]{1,18}")) {
      return false;
    }
    long pid = Long.parseLong(parts[1]);
    return pid != ProcessHandle.current().pid()
        && ProcessHandle.of(pid).map(process -> !process.isAlive()).orElse(true);
  }

  private static void removeAll(Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
        for (Path file : files) {
          Files.deleteIfExists(file);
        }
      }
      Files.deleteIfExists(folder);
    }
  }

  @Override
  public void close() throws IOException {
    removeAll(folder);
  }
}
