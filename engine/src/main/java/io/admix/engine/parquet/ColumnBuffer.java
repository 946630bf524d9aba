package io.admix.engine.parquet;

import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** The values of one column of a row group that is being written: one page. */
final class ColumnBuffer {
  private static final int FIRST_BYTES = 1 << 12;

  /** Header and trailer of gzip (RFC 1952) with nothing optional. */
  private static final byte[] GZIP_HEADER = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, (byte) 0xff};

  private final Column column;
  private final Bytes values = new Bytes(FIRST_BYTES);
  private final Bytes present = new Bytes(FIRST_BYTES);
  private int nulls;

  ColumnBuffer(Column column) {
    this.column = column;
  }

  Column column() {
    return column;
  }

  int valueBytes() {
    return values.length();
  }

  void number(long value) {
    present.add(1);
    values.addLong(value);
  }

  void text(byte[] array, int offset, int length) {
    present.add(1);
    values.addInt(length);
    values.add(array, offset, length);
  }

  void none() {
    present.add(0);
    nulls++;
  }

  /** Rows so far. */
  int rows() {
    return present.length();
  }

  void clear() {
    values.clear();
    present.clear();
    nulls = 0;
  }

  /** The page's bytes before compression: which rows have a value, then the values. */
  void page(Bytes into) {
    into.clear();
    if (column.mayBeNull()) {
      Bytes levels = levels();
      into.addInt(levels.length());
      into.add(levels.array(), 0, levels.length());
    }
    into.add(values.array(), 0, values.length());
  }

  /** Definition levels of one bit: one run where all are equal, else packed eight to a byte. */
  private Bytes levels() {
    int rows = rows();
    Bytes levels = new Bytes(rows / 8 + 8);
    if (nulls == 0 || nulls == rows) {
      levels.addVarint((long) rows << 1);
      levels.add(nulls == 0 ? 1 : 0);
      return levels;
    }
    int groups = (rows + 7) / 8;
    levels.addVarint((long) groups << 1 | 1);
    for (int group = 0; group < groups; group++) {
      int bits = 0;
      for (int i = 0; i < 8 && group * 8 + i < rows; i++) {
        bits |= present.array()[group * 8 + i] << i;
      }
      levels.add(bits);
    }
    return levels;
  }

  /** The same bytes as a member of a gzip file. */
  static void gzip(Bytes plain, Deflater deflater, Bytes into) {
    into.clear();
    into.add(GZIP_HEADER, 0, GZIP_HEADER.length);
    deflater.reset();
    deflater.setInput(plain.array(), 0, plain.length());
    deflater.finish();
    byte[] chunk = new byte[1 << 13];
    while (!deflater.finished()) {
      into.add(chunk, 0, deflater.deflate(chunk));
    }
    CRC32 crc = new CRC32();
    crc.update(plain.array(), 0, plain.length());
    into.addInt((int) crc.getValue());
    into.addInt(plain.length());
  }
}
