package io.admix.engine.verify;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * The lines of a manifest as the bytes that they are: a line counts only with its line feed, and no
 * line takes more memory than one that Admix writes. Used by one thread.
 */
final class ManifestLines implements Closeable {
  /** A file's line: three paths, each byte escaped, and the rest. */
  private static final int LINE_MAX = 1 << 17;

  /** The header holds every source. */
  private static final int HEADER_MAX = 1 << 24;

  private final InputStream in;
  private byte[] buffer = new byte[LINE_MAX];
  private int start;
  private int next;
  private int filled;
  private int most = HEADER_MAX;

  ManifestLines(Path file) throws IOException {
    in = Files.newInputStream(file);
  }

  /**
   * Moves to the next line; false at the end, where bytes without a line feed may be left, and
   * before a line that is too long.
   */
  boolean advance() throws IOException {
    start = next;
    int searched = start;
    while (true) {
      for (int i = searched; i < filled; i++) {
        if (buffer[i] == '\n') {
          next = i + 1;
          most = LINE_MAX;
          return true;
        }
      }
      searched = filled - start;
      if (searched >= most || !fill()) {
        return false;
      }
    }
  }

  private boolean fill() throws IOException {
    int kept = filled - start;
    if (kept == buffer.length) {
      buffer = Arrays.copyOf(buffer, buffer.length * 2);
    } else {
      System.arraycopy(buffer, start, buffer, 0, kept);
    }
    start = 0;
    next = 0;
    filled = kept;
    int read = in.read(buffer, kept, buffer.length - kept);
    filled += Math.max(read, 0);
    return read > 0;
  }

  /** Whether nothing follows the line. */
  boolean isLast() throws IOException {
    return next == filled && in.read() < 0;
  }

  byte[] array() {
    return buffer;
  }

  int from() {
    return start;
  }

  /** With its line feed. */
  int length() {
    return next - start;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
