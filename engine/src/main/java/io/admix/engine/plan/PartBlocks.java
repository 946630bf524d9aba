package io.admix.engine.plan;

import io.admix.catalog.FileRow;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * The candidates of a part in blocks: each holds some of one source, {@code source 4 ‖ (length 4 ‖
 * candidate)*}. After the last comes what was seen of the part, {@code -1 4 ‖ {@link PartSeen}}:
 * without it the blocks are not whole. Made while rows are read, a block at a time.
 */
final class PartBlocks implements Iterator<byte[]> {
  private static final int BLOCKS_BYTES = 16 << 20;
  private static final int BLOCK_BYTES_MAX = 1 << 18;
  private static final int SEEN = -1;

  private final Iterator<FileRow> rows;
  private final PartReading reading;
  private final @Nullable ByteBuffer[] open;
  private final int blockBytes;
  private final Deque<byte[]> ready = new ArrayDeque<>();
  private boolean isRead;

  /**
   * @param bits and bounds: as {@link PartReading}'s
   */
  PartBlocks(PartScope.Opened scope, int bits, long[] bounds, Iterator<FileRow> rows) {
    this.rows = rows;
    this.reading = new PartReading(scope, bits, bounds, this::add);
    this.open = new ByteBuffer[scope.all().size()];
    this.blockBytes = Math.min(BLOCK_BYTES_MAX, BLOCKS_BYTES / scope.group().size());
  }

  private void add(int source, Candidate candidate) {
    int needed = Integer.BYTES + candidate.length();
    ByteBuffer block = open[source];
    if (block != null && block.remaining() < needed) {
      end(source);
      block = null;
    }
    if (block == null) {
      block = ByteBuffer.allocate(Math.max(blockBytes, Integer.BYTES + needed)).putInt(source);
      open[source] = block;
    }
    block.putInt(candidate.length());
    block.put(candidate.array(), candidate.offset(), candidate.length());
  }

  private void end(int source) {
    ByteBuffer block = open[source];
    if (block != null) {
      ready.add(Arrays.copyOf(block.array(), block.position()));
      open[source] = null;
    }
  }

  @Override
  public boolean hasNext() {
    while (ready.isEmpty() && !isRead) {
      isRead = !reading.advance(rows);
      if (isRead) {
        finish();
      }
    }
    return !ready.isEmpty();
  }

  private void finish() {
    for (int i = 0; i < open.length; i++) {
      end(i);
    }
    ready.add(seen(reading.seen()));
  }

  @Override
  public byte[] next() {
    if (!hasNext()) {
      throw new NoSuchElementException("no more blocks");
    }
    return ready.remove();
  }

  private static byte[] seen(PartSeen seen) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(SEEN).array());
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(seen);
    } catch (IOException e) {
      throw new IllegalStateException("bytes are written to memory", e);
    }
    return bytes.toByteArray();
  }

  /** Shows candidates; the object is reused. */
  @FunctionalInterface
  interface Visitor {
    void visit(int source, Candidate candidate) throws IOException;
  }

  /** Shows all candidates of all sources, and tells what was seen of the part. */
  static PartSeen forEach(Iterator<byte[]> blocks, Visitor visitor) throws IOException {
    Candidate candidate = new Candidate();
    PartSeen seen = null;
    // To the end: whoever holds the blocks is told that they are not needed any more.
    while (blocks.hasNext()) {
      byte[] block = blocks.next();
      ByteBuffer in = ByteBuffer.wrap(block);
      int source = in.getInt();
      if (source == SEEN) {
        seen = read(block);
        continue;
      }
      while (in.hasRemaining()) {
        int length = in.getInt();
        candidate.over(block, in.position(), length);
        in.position(in.position() + length);
        visitor.visit(source, candidate);
      }
    }
    if (seen == null) {
      throw new IOException("the candidates of a part are not whole");
    }
    return seen;
  }

  private static PartSeen read(byte[] block) throws IOException {
    try (ObjectInputStream in =
        new ObjectInputStream(
            new ByteArrayInputStream(block, Integer.BYTES, block.length - Integer.BYTES))) {
      return (PartSeen) in.readObject();
    } catch (ClassNotFoundException e) {
      throw new IOException(e);
    }
  }
}
