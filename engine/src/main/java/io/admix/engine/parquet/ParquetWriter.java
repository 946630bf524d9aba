package io.admix.engine.parquet;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32C;
import java.util.zip.Deflater;

/**
 * Writes a Parquet file of numbers and texts that every reader of Parquet takes: plain values, one
 * data page (version 1) to a column of a row group, gzip. Holds one row group in memory. Row by
 * row: each column is set once, then {@link #endRow}. Used by one thread.
 *
 * <p>No library: parquet-hadoop 1.17 and what it loads of Hadoop weigh 59 MB, twice all the other
 * libraries of a command, and this subset of the format is small and does not change.
 */
public final class ParquetWriter implements Closeable {
  /** Rows of a row group, unless a column's values are too many bytes. */
  static final int GROUP_ROWS = 1 << 16;

  private static final int GROUP_COLUMN_BYTES = 8 << 20;

  private final FileChannel channel;
  private final List<ColumnBuffer> buffers = new ArrayList<>();
  private final List<Group> groups = new ArrayList<>();
  private final Map<String, String> facts = new TreeMap<>();
  private final CRC32C checksum = new CRC32C();
  private final Deflater deflater = new Deflater(Deflater.BEST_SPEED, true);
  private final Bytes plain = new Bytes(1 << 16);
  private final Bytes packed = new Bytes(1 << 16);
  private long written;
  private long rows;

  /** Where a column of a row group lies. */
  record Chunk(long offset, long plainBytes, long bytes) {}

  record Group(int rows, List<Chunk> chunks) {}

  /**
   * A whole file.
   *
   * @param crc32c of all its bytes
   */
  public record Written(long rows, long bytes, long crc32c) {}

  private ParquetWriter(FileChannel channel, List<Column> columns) {
    this.channel = channel;
    columns.forEach(column -> buffers.add(new ColumnBuffer(column)));
  }

  /**
   * Begins a new file.
   *
   * @throws java.nio.file.FileAlreadyExistsException when something has the name
   */
  public static ParquetWriter create(Path file, List<Column> columns) throws IOException {
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);
    ParquetWriter writer = new ParquetWriter(channel, columns);
    try {
      writer.write(Format.MAGIC, Format.MAGIC.length);
    } catch (IOException e) {
      writer.close();
      throw e;
    }
    return writer;
  }

  /** A fact about the whole file, in its footer. */
  public ParquetWriter fact(String key, String value) {
    facts.put(key, value);
    return this;
  }

  /** The number of the present row in a column. */
  public void number(int column, long value) {
    buffers.get(column).number(value);
  }

  /** The text of the present row in a column, as UTF-8; copied. */
  public void text(int column, byte[] array, int offset, int length) {
    buffers.get(column).text(array, offset, length);
  }

  /** The present row has no value in a column. */
  public void none(int column) {
    buffers.get(column).none();
  }

  /** The present row is complete. */
  public void endRow() throws IOException {
    rows++;
    boolean isFull = buffers.getFirst().rows() == GROUP_ROWS;
    for (int i = 0; i < buffers.size() && !isFull; i++) {
      isFull = buffers.get(i).valueBytes() > GROUP_COLUMN_BYTES;
    }
    if (isFull) {
      endGroup();
    }
  }

  /** Rows so far. */
  public long rows() {
    return rows;
  }

  private void endGroup() throws IOException {
    int count = buffers.getFirst().rows();
    List<Chunk> chunks = new ArrayList<>();
    for (ColumnBuffer buffer : buffers) {
      if (buffer.rows() != count) {
        throw new IllegalStateException("a row lacks column " + buffer.column().name());
      }
      chunks.add(writeChunk(buffer));
      buffer.clear();
    }
    groups.add(new Group(count, chunks));
  }

  private Chunk writeChunk(ColumnBuffer buffer) throws IOException {
    buffer.page(plain);
    ColumnBuffer.gzip(plain, deflater, packed);
    Bytes header = Footer.pageHeader(buffer.rows(), plain.length(), packed.length());
    long offset = written;
    write(header.array(), header.length());
    write(packed.array(), packed.length());
    return new Chunk(offset, (long) header.length() + plain.length(), written - offset);
  }

  private void write(byte[] array, int length) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(array, 0, length);
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
    checksum.update(array, 0, length);
    written += length;
  }

  /** Writes what is left and the footer, and syncs the file; without it the file is not whole. */
  public Written finish() throws IOException {
    if (buffers.getFirst().rows() > 0) {
      endGroup();
    }
    Bytes footer =
        Footer.of(buffers.stream().map(ColumnBuffer::column).toList(), groups, facts, rows);
    int length = footer.length();
    footer.addInt(length);
    footer.add(Format.MAGIC, 0, Format.MAGIC.length);
    write(footer.array(), footer.length());
    channel.force(true);
    return new Written(rows, written, checksum.getValue());
  }

  @Override
  public void close() throws IOException {
    deflater.end();
    channel.close();
  }
}
