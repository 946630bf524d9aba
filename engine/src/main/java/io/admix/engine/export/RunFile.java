package io.admix.engine.export;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/**
 * Sorted records in one file, of which slices are read by others: each record after its length.
 * Nothing is synced: who makes an export of it makes it anew after a crash.
 */
final class RunFile {
  private static final int BUFFER_BYTES = 1 << 16;

  private RunFile() {}

  /** Writes a new file and knows where it is. */
  static final class Writer implements Closeable {
    private final DataOutputStream out;
    private long written;

    Writer(Path file) throws IOException {
      out =
          new DataOutputStream(
              new BufferedOutputStream(
                  Files.newOutputStream(file, StandardOpenOption.CREATE_NEW), BUFFER_BYTES));
    }

    void add(byte[] array, int offset, int length) throws IOException {
      out.writeInt(length);
      out.write(array, offset, length);
      written += Integer.BYTES + length;
    }

    /** Bytes so far: where the next record begins. */
    long position() {
      return written;
    }

    @Override
    public void close() throws IOException {
      out.close();
    }
  }

  /** Reads the records of a slice; compares by the present one. */
  static final class Reader implements Closeable, Comparable<Reader> {
    private final DataInputStream in;
    private long left;
    private byte[] bytes = new byte[1 << 9];
    private int length;

    /**
     * @param from first byte of the slice
     * @param to behind its last byte
     */
    Reader(Path file, long from, long to, int bufferBytes) throws IOException {
      FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
      channel.position(from);
      in =
          new DataInputStream(
              new BufferedInputStream(Channels.newInputStream(channel), bufferBytes));
      left = to - from;
    }

    boolean advance() throws IOException {
      if (left == 0) {
        return false;
      }
      try {
        length = in.readInt();
        if (length < 0 || length > left - Integer.BYTES) {
          throw new EOFException();
        }
        if (bytes.length < length) {
          bytes = new byte[Math.max(length, 2 * bytes.length)];
        }
        in.readFully(bytes, 0, length);
      } catch (EOFException e) {
        throw new IOException("a file of sorted rows is cut short or damaged", e);
      }
      left -= Integer.BYTES + length;
      return true;
    }

    byte[] array() {
      return bytes;
    }

    int length() {
      return length;
    }

    @Override
    public int compareTo(Reader other) {
      return Arrays.compareUnsigned(bytes, 0, length, other.bytes, 0, other.length);
    }

    @Override
    public boolean equals(Object other) {
      return this == other;
    }

    @Override
    public int hashCode() {
      return System.identityHashCode(this);
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }
}
