package io.admix.engine.verify;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.LongBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;

/**
 * A set of paths in a file: open addressing over 128 bits of each path's SHA-256, mapped, so that
 * the heap holds nothing of it. Two paths are taken for one with a probability of 2^-64 at four
 * billion files. Used by one thread.
 */
public final class PathSet implements AutoCloseable {
  private static final int SLOT_LONGS = 2;
  private static final int SEGMENT_SLOTS = 1 << 23;

  private final Path file;
  private final FileChannel channel;
  private final MessageDigest digest = ManifestWriter.sha256();
  private final LongBuffer[] segments;
  private final long slots;

  /**
   * @param most paths that will be added; half the slots stay free
   */
  public PathSet(Path file, long most) throws IOException {
    this.file = file;
    this.slots = Long.highestOneBit(Math.max(16, most)) * 4;
    this.channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);
    int count = Math.toIntExact((slots + SEGMENT_SLOTS - 1) / SEGMENT_SLOTS);
    this.segments = new LongBuffer[count];
    long segmentBytes = Math.min(slots, SEGMENT_SLOTS) * SLOT_LONGS * Long.BYTES;
    for (int i = 0; i < count; i++) {
      segments[i] =
          channel
              .map(FileChannel.MapMode.READ_WRITE, i * segmentBytes, segmentBytes)
              .asLongBuffer();
    }
  }

  public void add(String path) {
    find(path, Mode.ADD);
  }

  public boolean contains(String path) {
    return find(path, Mode.LOOK);
  }

  private enum Mode {
    ADD,
    LOOK
  }

  private boolean find(String path, Mode mode) {
    ByteBuffer hash = ByteBuffer.wrap(digest.digest(path.getBytes(StandardCharsets.UTF_8)));
    long high = hash.getLong();
    // All zero marks a free slot.
    long low = hash.getLong() | 1;
    long slot = high & (slots - 1);
    while (true) {
      LongBuffer segment = segments[(int) (slot / SEGMENT_SLOTS)];
      int at = (int) (slot % SEGMENT_SLOTS) * SLOT_LONGS;
      if (segment.get(at + 1) == 0) {
        if (mode == Mode.ADD) {
          segment.put(at, high).put(at + 1, low);
        }
        return false;
      }
      if (segment.get(at) == high && segment.get(at + 1) == low) {
        return true;
      }
      slot = slot + 1 & slots - 1;
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
    Files.deleteIfExists(file);
  }
}
