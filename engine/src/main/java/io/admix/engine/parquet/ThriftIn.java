package io.admix.engine.parquet;

import java.nio.charset.StandardCharsets;

/**
 * Reads structures of Thrift's compact protocol out of an array; what is longer than the array, or
 * nested more deeply than any file of ours, is damage.
 */
final class ThriftIn {
  private static final int STOP = 0;
  private static final int DEPTH_MAX = 16;

  private final byte[] array;
  private final int end;
  private int at;
  private int field;
  private int type;

  ThriftIn(byte[] array, int from, int end) {
    this.array = array;
    this.at = from;
    this.end = end;
  }

  /** Where the next byte is read. */
  int at() {
    return at;
  }

  /**
   * Goes to the structure's next field; false at its end.
   *
   * @param before the number of the field before it, 0 at the structure's beginning
   */
  boolean next(int before) throws DamagedParquetException {
    int header = one();
    type = header & 15;
    if (type == STOP) {
      return false;
    }
    int step = header >>> 4;
    field = step == 0 ? (int) number() : before + step;
    return true;
  }

  int field() {
    return field;
  }

  /** The value of a field or element that is a number. */
  long number() throws DamagedParquetException {
    long raw = varint();
    return raw >>> 1 ^ -(raw & 1);
  }

  String text() throws DamagedParquetException {
    int length = count();
    String text = new String(array, at, length, StandardCharsets.UTF_8);
    at += length;
    return text;
  }

  /** How many elements follow. */
  int list() throws DamagedParquetException {
    int header = one();
    type = header & 15;
    int size = header >>> 4;
    return size == 15 ? count() : size;
  }

  /** Passes over the value of the present field. */
  void skip() throws DamagedParquetException {
    skip(type, DEPTH_MAX);
  }

  private void skip(int of, int depth) throws DamagedParquetException {
    if (depth == 0) {
      throw damaged();
    }
    switch (of) {
      case 1, 2 -> {}
      case 3 -> one();
      case 4, ThriftOut.I32, ThriftOut.I64 -> varint();
      case 7 -> move(Long.BYTES);
      case ThriftOut.BINARY -> move(count());
      case ThriftOut.LIST, 10 -> {
        int size = list();
        int element = type;
        for (int i = 0; i < size; i++) {
          skip(element, depth - 1);
        }
      }
      case ThriftOut.STRUCT -> {
        for (int before = 0; next(before); before = field) {
          int kept = field;
          skip(type, depth - 1);
          field = kept;
        }
      }
      default -> throw damaged();
    }
  }

  private int one() throws DamagedParquetException {
    if (at >= end) {
      throw damaged();
    }
    return array[at++] & 0xFF;
  }

  private void move(int count) {
    at += count;
  }

  /** A length of what follows: never more than there is. */
  private int count() throws DamagedParquetException {
    long count = varint();
    if (count < 0 || count > end - at) {
      throw damaged();
    }
    return (int) count;
  }

  private long varint() throws DamagedParquetException {
    long value = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      int part = one();
      value |= (long) (part & 0x7F) << shift;
      if (part < 0x80) {
        return value;
      }
    }
    throw damaged();
  }

  static DamagedParquetException damaged() {
    return new DamagedParquetException("its description of itself is damaged");
  }
}
