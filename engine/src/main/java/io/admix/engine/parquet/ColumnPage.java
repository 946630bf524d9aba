package io.admix.engine.parquet;

import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** The values of one column of the present row group, walked over row by row. */
final class ColumnPage {
  private static final byte[] NOTHING = {};
  private static final int GZIP_HEADER_BYTES = 10;
  private static final int GZIP_TRAILER_BYTES = 8;

  /** Deflate makes nothing smaller than that; more is a lie that would take memory. */
  private static final long RATIO_MAX = 1_032;

  private final Column column;
  private byte[] buffer = NOTHING;

  /** Of the values: the buffer, or where they were not compressed the chunk itself. */
  private byte[] array = NOTHING;

  private int end;
  private int levels;
  private int next;
  private int row;
  private int start;
  private int length;
  private boolean isNull;

  /** All rows have a value, or none has: told by one run. */
  private boolean isUniform;

  ColumnPage(Column column) {
    this.column = column;
  }

  /** Takes the page that is a chunk of the array. */
  void load(byte[] chunk, int from, int to, FooterReader.Chunk of, int rows, Inflater inflater)
      throws DamagedParquetException {
    ThriftIn header = new ThriftIn(chunk, from, to);
    PageSizes sizes = PageSizes.read(header);
    int at = header.at();
    if (sizes.values() != rows || sizes.bytes() < 0 || sizes.bytes() != to - at) {
      throw damaged();
    }
    switch (of.codec()) {
      case Format.CODEC_NONE -> {
        array = chunk;
        next = at;
        end = to;
      }
      case Format.CODEC_GZIP -> inflate(chunk, at, to, sizes.plainBytes(), inflater);
      default ->
          throw new DamagedParquetException(
              "its column %s is compressed by another program".formatted(column.name()));
    }
    row = -1;
    isUniform = true;
    isNull = false;
    if (column.mayBeNull()) {
      loadLevels(rows);
    }
  }

  private void inflate(byte[] chunk, int at, int to, int plainBytes, Inflater inflater)
      throws DamagedParquetException {
    int packed = to - at - GZIP_HEADER_BYTES - GZIP_TRAILER_BYTES;
    if (packed < 0 || plainBytes < 0 || plainBytes > packed * RATIO_MAX) {
      throw damaged();
    }
    if (buffer.length < plainBytes) {
      buffer = new byte[Math.max(plainBytes, Math.min(2 * buffer.length, 1 << 24))];
    }
    inflater.reset();
    inflater.setInput(chunk, at + GZIP_HEADER_BYTES, packed);
    try {
      int got = 0;
      while (got < plainBytes) {
        int more = inflater.inflate(buffer, got, plainBytes - got);
        if (more == 0) {
          throw damaged();
        }
        got += more;
      }
    } catch (DataFormatException e) {
      throw damaged();
    }
    array = buffer;
    next = 0;
    end = plainBytes;
  }

  private void loadLevels(int rows) throws DamagedParquetException {
    if (end - next < Integer.BYTES) {
      throw damaged();
    }
    int bytes = LittleEndian.getInt(array, next);
    int from = next + Integer.BYTES;
    if (bytes < 2 || bytes > end - from) {
      throw damaged();
    }
    next = from + bytes;
    int header = 0;
    int at = from;
    for (int shift = 0; shift <= 21; shift += 7) {
      int part = array[at++];
      header |= (part & 0x7F) << shift;
      if (part >= 0 || at == next) {
        break;
      }
    }
    if (at == next) {
      throw damaged();
    }
    levels = at;
    isUniform = (header & 1) == 0;
    isNull = isUniform && array[at] == 0;
    boolean fits =
        isUniform
            ? header >>> 1 == rows && next - at == 1
            : header >>> 1 == (rows + 7) / 8 && next - at == (rows + 7) / 8;
    if (!fits) {
      throw damaged();
    }
  }

  /** Goes on to the next row. */
  void advance() throws DamagedParquetException {
    row++;
    if (!isUniform) {
      isNull = (array[levels + (row >> 3)] >> (row & 7) & 1) == 0;
    }
    if (isNull) {
      return;
    }
    int at = next;
    if (column.type() == Column.Type.NUMBER) {
      length = Long.BYTES;
    } else {
      if (end - at < Integer.BYTES) {
        throw damaged();
      }
      length = LittleEndian.getInt(array, at);
      at += Integer.BYTES;
    }
    if (length < 0 || length > end - at) {
      throw damaged();
    }
    start = at;
    next = at + length;
  }

  boolean isNull() {
    return isNull;
  }

  long number() {
    return LittleEndian.getLong(array, start);
  }

  byte[] array() {
    return array;
  }

  int start() {
    return start;
  }

  int length() {
    return length;
  }

  private DamagedParquetException damaged() {
    return new DamagedParquetException("its column %s is damaged".formatted(column.name()));
  }

  /** What a page's header says. */
  private record PageSizes(int values, int plainBytes, int bytes) {
    static PageSizes read(ThriftIn in) throws DamagedParquetException {
      long plain = -1;
      long bytes = -1;
      long values = -1;
      for (int field = 0; in.next(field); ) {
        field = in.field();
        switch (field) {
          case 2 -> plain = in.number();
          case 3 -> bytes = in.number();
          case 5 -> values = values(in);
          default -> in.skip();
        }
      }
      return new PageSizes((int) values, (int) plain, (int) bytes);
    }

    private static long values(ThriftIn in) throws DamagedParquetException {
      long values = -1;
      for (int field = 0; in.next(field); ) {
        field = in.field();
        if (field == 1) {
          values = in.number();
        } else {
          in.skip();
        }
      }
      return values;
    }
  }
}
