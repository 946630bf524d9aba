package io.admix.engine.parquet;

import java.util.Arrays;

/** A growing array of bytes. */
final class Bytes {
  private byte[] array;
  private int length;

  Bytes(int capacity) {
    array = new byte[capacity];
  }

  byte[] array() {
    return array;
  }

  int length() {
    return length;
  }

  void clear() {
    length = 0;
  }

  void add(int value) {
    ensure(1);
    array[length++] = (byte) value;
  }

  void add(byte[] more, int offset, int count) {
    ensure(count);
    System.arraycopy(more, offset, array, length, count);
    length += count;
  }

  void addInt(int value) {
    ensure(Integer.BYTES);
    LittleEndian.putInt(array, length, value);
    length += Integer.BYTES;
  }

  void addLong(long value) {
    ensure(Long.BYTES);
    LittleEndian.putLong(array, length, value);
    length += Long.BYTES;
  }

  /** Seven bits a byte, the lowest first. */
  void addVarint(long value) {
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      add((int) (rest & 0x7F | 0x80));
      rest >>>= 7;
    }
    add((int) rest);
  }

  private void ensure(int more) {
    if (array.length - length < more) {
      array = Arrays.copyOf(array, Math.max(array.length * 2, Math.addExact(length, more)));
    }
  }
}
