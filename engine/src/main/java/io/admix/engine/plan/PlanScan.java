package io.admix.engine.plan;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Arrays;

/**
 * Reads a plan file line by line from a position on, in a buffer that grows only for a line that is
 * longer. A line counts only with its line feed. Used by one thread.
 */
final class PlanScan {
  private final FileChannel channel;
  private final int lineMax;
  private byte[] buffer = new byte[1 << 18];
  private long offset;
  private int start;
  private int next;
  private int filled;

  PlanScan(FileChannel channel, long position, int lineMax) {
    this.channel = channel;
    this.offset = position;
    this.lineMax = lineMax;
  }

  /**
   * Moves to the next line; false at the end of the file, where bytes without a line feed may be
   * left.
   */
  boolean advance() throws IOException, InvalidPlanException {
    start = next;
    int searched = start;
    while (true) {
      for (int i = searched; i < filled; i++) {
        if (buffer[i] == '\n') {
          next = i + 1;
          return true;
        }
      }
      searched = filled - start;
      if (searched > lineMax) {
        throw new InvalidPlanException("a line of it is longer than " + lineMax + " bytes");
      }
      if (!fill()) {
        return false;
      }
    }
  }

  /** Keeps the current line, moved to the front, and reads on; false when there is no more. */
  private boolean fill() throws IOException {
    int kept = filled - start;
    if (kept == buffer.length) {
      buffer = Arrays.copyOf(buffer, buffer.length * 2);
    } else {
      System.arraycopy(buffer, start, buffer, 0, kept);
    }
    offset += start;
    start = 0;
    next = 0;
    filled = kept;
    int read = channel.read(ByteBuffer.wrap(buffer, kept, buffer.length - kept), offset + kept);
    filled += Math.max(read, 0);
    return read > 0;
  }

  byte[] array() {
    return buffer;
  }

  /** First byte of the line in {@link #array}. */
  int from() {
    return start;
  }

  /** Byte after its line feed. */
  int to() {
    return next;
  }

  int length() {
    return next - start;
  }

  /** First byte of the line in the file. */
  long position() {
    return offset + start;
  }

  byte first() {
    return buffer[start];
  }

  byte[] line() {
    return Arrays.copyOfRange(buffer, start, next);
  }
}
