package io.admix.engine.dataset;

import io.admix.catalog.FileWriter;
import io.admix.catalog.NewFile;
import io.admix.core.name.Printable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.HexFormat;
import java.util.Queue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Reads files in parallel for their sha-256 and hands rows on in the order in which they came. At
 * most {@value #AHEAD} files are read ahead.
 */
final class Checksums implements AutoCloseable {
  private static final int AHEAD = 64;
  private final Path root;
  private final FileWriter writer;
  private final ExecutorService readers =
      Executors.newFixedThreadPool(Math.clamp(Runtime.getRuntime().availableProcessors(), 1, 16));
  private final Queue<Pending> window = new ArrayDeque<>(AHEAD);

  Checksums(Path root, FileWriter writer) {
    this.root = root;
    this.writer = writer;
  }

  void add(NewFile file) throws IOException, InterruptedException {
    if (window.size() == AHEAD) {
      writeHead();
    }
    window.add(new Pending(file, readers.submit(() -> sha256(root.resolve(file.relativePath())))));
  }

  void finish() throws IOException, InterruptedException {
    while (!window.isEmpty()) {
      writeHead();
    }
  }

  @Override
  public void close() {
    readers.shutdownNow();
  }

  private void writeHead() throws IOException, InterruptedException {
    Pending head = window.remove();
    NewFile file = head.file();
    try {
      writer.add(
          new NewFile(
              file.relativePath(),
              file.size(),
              file.modified(),
              head.checkSum().get(),
              file.tags(),
              file.taggedAt(),
              file.metadata()));
    } catch (ExecutionException e) {
      throw new IOException(
          "Reading "
              + Printable.of(root.resolve(file.relativePath()).toString())
              + " for its checksum failed: "
              + e.getCause()
              + ". Nothing was registered.",
          e.getCause());
    }
  }

  private static String sha256(Path file) throws IOException {
    MessageDigest digest = digest();
    byte[] buffer = new byte[1 << 16];
    try (InputStream in =
        Files.newInputStream(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        digest.update(buffer, 0, n);
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private record Pending(NewFile file, Future<String> checkSum) {}
}
