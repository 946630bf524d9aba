package io.admix.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** Unpacks packages of the JDK's source archive. */
final class DemoArchive {
  private static final int FILES_MAX = 50_000;
  private final Path archive;
  private final Path root;
  private final ProgressView view;
  private long files;

  DemoArchive(Path archive, Path root, ProgressView view) {
    this.archive = archive;
    this.root = root;
    this.view = view;
  }

  /** One folder per part, each whole or not there. */
  void unpack(List<DemoSources.Part> parts) throws IOException, InterruptedException {
    Files.createDirectories(root);
    for (DemoSources.Part part : parts) {
      Path folder = root.resolve(part.dataset());
      if (!Files.isDirectory(folder)) {
        Path staging = Files.createTempDirectory(root, ".unpacking-");
        try {
          unpack(part.path(), staging);
          Files.move(staging, folder);
        } finally {
          deleteTree(staging);
        }
      }
    }
  }

  private void unpack(String prefix, Path folder) throws IOException, InterruptedException {
    try (ZipFile zip = new ZipFile(archive.toFile())) {
      for (ZipEntry entry :
          (Iterable<ZipEntry>) () -> zip.stream().map(e -> (ZipEntry) e).iterator()) {
        if (!entry.isDirectory() && entry.getName().startsWith(prefix)) {
          write(zip, entry, folder, entry.getName().substring(prefix.length()));
        }
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
      }
    }
  }

  private void write(ZipFile zip, ZipEntry entry, Path folder, String relative) throws IOException {
    Path file = folder.resolve(relative).normalize();
    if (!file.startsWith(folder) || ++files > FILES_MAX) {
      throw new IOException(archive + " is no source archive of a JDK: " + entry.getName());
    }
    Files.createDirectories(file.getParent());
    try (InputStream in = zip.getInputStream(entry)) {
      Files.copy(in, file);
    }
    if (entry.getLastModifiedTime() != null) {
      Files.setLastModifiedTime(file, entry.getLastModifiedTime());
    }
    if (files % 100 == 0) {
      view.at("unpacking", files, -1, "");
    }
  }

  private static void deleteTree(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
