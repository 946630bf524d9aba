package io.admix.engine.parquet;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32C;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * Reads what {@link ParquetWriter} wrote, from the first byte to the last once; files of other
 * programs are refused. Holds one row group in memory. Used by one thread.
 *
 * <p>Nothing in a file is believed: what does not fit is a {@link DamagedParquetException}. Values
 * themselves are judged by the {@link #checksum} alone, which is known when all rows were read.
 */
public final class ParquetReader implements Closeable {
  private static final byte[] NOTHING = {};
  private static final int FOOTER_BYTES_MAX = 64 << 20;

  private final FileChannel channel;
  private final FooterReader.Description description;
  private final long footerFrom;
  private final List<ColumnPage> wanted = new ArrayList<>();
  private final @Nullable ColumnPage[] pages;
  private final CRC32C checksum = new CRC32C();
  private final Inflater inflater = new Inflater(true);
  private byte[] bytes = NOTHING;
  private long read;
  private int group = -1;
  private int left;

  private ParquetReader(
      FileChannel channel, FooterReader.Description description, long footerFrom, Set<Integer> of) {
    this.channel = channel;
    this.description = description;
    this.footerFrom = footerFrom;
    this.pages = new ColumnPage[description.columns().size()];
    for (int i = 0; i < pages.length; i++) {
      if (of.contains(i)) {
        ColumnPage page = new ColumnPage(description.columns().get(i));
        pages[i] = page;
        wanted.add(page);
      }
    }
  }

  /**
   * Opens a file.
   *
   * @param columns that it must have, in this order
   * @param wanted places of those that will be asked for
   * @throws DamagedParquetException when it is none of ours, not whole, or has other columns
   */
  public static ParquetReader open(Path file, List<Column> columns, Set<Integer> wanted)
      throws IOException {
    FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
    try {
      byte[] footer = footer(channel);
      FooterReader.Description description =
          FooterReader.read(footer, footer.length - Format.TAIL_BYTES);
      if (!description.columns().equals(columns)) {
        throw new DamagedParquetException("its columns are other ones");
      }
      return new ParquetReader(channel, description, channel.size() - footer.length, wanted);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  /** The footer with its length and the magic behind it. */
  private static byte[] footer(FileChannel channel) throws IOException {
    long size = channel.size();
    int smallest = Format.MAGIC.length + Format.TAIL_BYTES;
    if (size < smallest) {
      throw new DamagedParquetException("it is cut short: it has " + size + " bytes");
    }
    byte[] tail = readAt(channel, size - Format.TAIL_BYTES, Format.TAIL_BYTES);
    if (!Arrays.equals(tail, Integer.BYTES, tail.length, Format.MAGIC, 0, Format.MAGIC.length)) {
      throw new DamagedParquetException("it is cut short or no Parquet: its end is missing");
    }
    int length = LittleEndian.getInt(tail, 0);
    if (length < 0 || length > Math.min(size - smallest, FOOTER_BYTES_MAX)) {
      throw ThriftIn.damaged();
    }
    return readAt(
        channel, size - Format.TAIL_BYTES - length, Math.addExact(length, Format.TAIL_BYTES));
  }

  private static byte[] readAt(FileChannel channel, long from, int count) throws IOException {
    byte[] bytes = new byte[count];
    readAt(channel, from, bytes, count);
    return bytes;
  }

  private static void readAt(FileChannel channel, long from, byte[] into, int count)
      throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(into, 0, count);
    while (buffer.hasRemaining()) {
      if (channel.read(buffer, from + buffer.position()) < 0) {
        throw new DamagedParquetException("it became shorter while it was read");
      }
    }
  }

  /** Rows of the file. */
  public long rows() {
    return description.rows();
  }

  /** What was told of the whole file. */
  public Map<String, String> facts() {
    return Map.copyOf(description.facts());
  }

  /** Goes on to the next row; false when there is none. */
  public boolean advance() throws IOException {
    if (left == 0 && !nextGroup()) {
      return false;
    }
    left--;
    for (int i = 0; i < wanted.size(); i++) {
      wanted.get(i).advance();
    }
    return true;
  }

  private boolean nextGroup() throws IOException {
    if (group + 1 >= description.groups().size()) {
      return false;
    }
    FooterReader.Group next = description.groups().get(++group);
    long from = next.chunks().getFirst().offset();
    long end = end(next);
    passOver(from);
    int length = checkedLength(from, end);
    if (bytes.length < length) {
      bytes = new byte[length];
    }
    readAt(channel, from, bytes, length);
    take(bytes, length);
    for (int i = 0; i < pages.length; i++) {
      ColumnPage page = pages[i];
      if (page != null) {
        FooterReader.Chunk chunk = next.chunks().get(i);
        int at = (int) (chunk.offset() - from);
        page.load(bytes, at, (int) (at + chunk.bytes()), chunk, next.rows(), inflater);
      }
    }
    left = next.rows();
    return true;
  }

  /** Chunks stand one after another. */
  private static long end(FooterReader.Group group) throws DamagedParquetException {
    long at = group.chunks().getFirst().offset();
    for (FooterReader.Chunk chunk : group.chunks()) {
      if (chunk.offset() != at || chunk.bytes() < 0) {
        throw ThriftIn.damaged();
      }
      at += chunk.bytes();
    }
    return at;
  }

  private int checkedLength(long from, long end) throws DamagedParquetException {
    if (from < read || end < from || end > footerFrom || end - from > Integer.MAX_VALUE - 8) {
      throw ThriftIn.damaged();
    }
    return (int) (end - from);
  }

  private void take(byte[] array, int length) {
    checksum.update(array, 0, length);
    read += length;
  }

  /** Reads on up to a place of which nothing is asked. */
  private void passOver(long to) throws IOException {
    long end = Math.min(to, channel.size());
    byte[] chunk = new byte[(int) Math.clamp(end - read, 0, 1 << 16)];
    while (read < end) {
      int count = (int) Math.min(chunk.length, end - read);
      readAt(channel, read, chunk, count);
      take(chunk, count);
    }
  }

  /** CRC-32C of all bytes of the file, read to its end for it. */
  public long checksum() throws IOException {
    passOver(channel.size());
    return checksum.getValue();
  }

  /** Whether the present row has no value in a column. */
  public boolean isNull(int column) {
    return page(column).isNull();
  }

  /** The number of the present row in a column, unless it has none. */
  public long number(int column) {
    return page(column).number();
  }

  /** Holds the text of the present row in a column until {@link #advance}; not to be changed. */
  public byte[] array(int column) {
    return page(column).array();
  }

  /** First byte of the text in {@link #array}. */
  public int offset(int column) {
    return page(column).start();
  }

  /** Bytes of the text. */
  public int length(int column) {
    return page(column).length();
  }

  private ColumnPage page(int column) {
    ColumnPage page = pages[column];
    if (page == null) {
      throw new IllegalStateException(
          "column %s is not read".formatted(description.columns().get(column).name()));
    }
    return page;
  }

  @Override
  public void close() throws IOException {
    inflater.end();
    channel.close();
  }
}
