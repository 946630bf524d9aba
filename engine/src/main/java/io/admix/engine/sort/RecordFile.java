package io.admix.engine.sort;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Records one after the other in a file that lives as long as one plan: each after its length in
 * four bytes. Nothing is synced.
 */
public final class RecordFile {
  private final Path file;

  public RecordFile(Path file) {
    this.file = file;
  }

  /** Removes the file if it is there. */
  public void delete() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads the records from the first on. */
  public Reader read(int bufferBytes) throws IOException {
    return read(bufferBytes, 0, Long.MAX_VALUE);
  }

  /**
   * Reads some of the records.
   *
   * @param from {@link Writer#position} before the first of them
   * @param to the position after the last, or more than there is
   */
  public Reader read(int bufferBytes, long from, long to) throws IOException {
    FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
    try {
      return new Reader(channel.position(from), bufferBytes, to - from);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  /** Writes a new file. */
  public Writer write(int bufferBytes) throws IOException {
    return new Writer(
        FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW),
        bufferBytes);
  }

  /** Writes a run. */
  public static final class Writer implements Closeable {
    private final FileChannel channel;
    private final ByteBuffer buffer;
    private long flushed;

    private Writer(FileChannel channel, int bufferBytes) {
      this.channel = channel;
      this.buffer = ByteBuffer.allocate(Math.max(bufferBytes, 1 << 10));
    }

    /** Adds a record: {@code length} bytes of {@code array}, copied. */
    public void add(byte[] array, int offset, int length) throws IOException {
      if (buffer.remaining() < Integer.BYTES) {
        flush();
      }
      buffer.putInt(length);
      for (int done = 0; done < length; ) {
        if (!buffer.hasRemaining()) {
          flush();
        }
        int part = Math.min(buffer.remaining(), length - done);
        buffer.put(array, offset + done, part);
        done += part;
      }
    }

    /** Bytes of the records that were added. */
    public long position() {
      return flushed + buffer.position();
    }

    private void flush() throws IOException {
      flushed += buffer.position();
      buffer.flip();
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      buffer.clear();
    }

    /** Writes what is left; without it the run is not whole. */
    public void finish() throws IOException {
      flush();
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }

  /** Reads a run; its buffer grows only for a record that is longer. */
  public static final class Reader implements RecordCursor {
    private final FileChannel channel;
    private byte[] bytes;
    private long left;
    private int filled;
    private int next;
    private int start;
    private int length;

    private Reader(FileChannel channel, int bufferBytes, long most) {
      this.channel = channel;
      this.left = most;
      this.bytes = new byte[Math.max(bufferBytes, 1 << 10)];
    }

    @Override
    public boolean advance() throws IOException {
      if (!has(Integer.BYTES)) {
        return false;
      }
      length = ByteBuffer.wrap(bytes, next, Integer.BYTES).getInt();
      next += Integer.BYTES;
      if (!has(length)) {
        throw new IOException("a sort run is cut short");
      }
      start = next;
      next += length;
      return true;
    }

    private boolean has(int wanted) throws IOException {
      if (filled - next >= wanted) {
        return true;
      }
      int kept = filled - next;
      byte[] target = wanted > bytes.length ? new byte[Math.max(wanted, bytes.length * 2)] : bytes;
      System.arraycopy(bytes, next, target, 0, kept);
      bytes = target;
      next = 0;
      filled = kept;
      while (filled < wanted) {
        int room = (int) Math.min(left, bytes.length - filled);
        int read = room == 0 ? -1 : channel.read(ByteBuffer.wrap(bytes, filled, room));
        if (read < 0) {
          return false;
        }
        filled += read;
        left -= read;
      }
      return true;
    }

    @Override
    public byte[] array() {
      return bytes;
    }

    @Override
    public int offset() {
      return start;
    }

    @Override
    public int length() {
      return length;
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }
}
