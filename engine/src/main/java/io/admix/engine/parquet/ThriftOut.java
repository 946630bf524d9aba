package io.admix.engine.parquet;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;

/** Writes structures by Thrift's compact protocol. */
final class ThriftOut {
  static final int I32 = 5;
  static final int I64 = 6;
  static final int BINARY = 8;
  static final int LIST = 9;
  static final int STRUCT = 12;

  private static final int SHORT_MAX = 14;

  private final Bytes bytes;
  private final Deque<Integer> outer = new ArrayDeque<>();
  private int last;

  ThriftOut(Bytes bytes) {
    this.bytes = bytes;
  }

  /** Begins a structure that is an element of a list, or the outermost. */
  ThriftOut begin() {
    outer.push(last);
    last = 0;
    return this;
  }

  /** Begins a structure that is a field. */
  ThriftOut begin(int field) {
    header(field, STRUCT);
    return begin();
  }

  ThriftOut end() {
    bytes.add(0);
    last = outer.pop();
    return this;
  }

  ThriftOut i32(int field, int value) {
    header(field, I32);
    number(value);
    return this;
  }

  ThriftOut i64(int field, long value) {
    header(field, I64);
    number(value);
    return this;
  }

  ThriftOut text(int field, String value) {
    header(field, BINARY);
    return text(value);
  }

  /** A text that is an element of a list. */
  ThriftOut text(String value) {
    byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
    bytes.addVarint(utf8.length);
    bytes.add(utf8, 0, utf8.length);
    return this;
  }

  /** Begins a list; so many elements follow. */
  ThriftOut list(int field, int elementType, int size) {
    header(field, LIST);
    if (size <= SHORT_MAX) {
      bytes.add(size << 4 | elementType);
    } else {
      bytes.add(0xF0 | elementType);
      bytes.addVarint(size);
    }
    return this;
  }

  /** A number that is an element of a list; also that of a field, behind its header. */
  ThriftOut number(long value) {
    bytes.addVarint(value << 1 ^ value >> 63);
    return this;
  }

  private void header(int field, int type) {
    int step = field - last;
    if (step > 0 && step <= 15) {
      bytes.add(step << 4 | type);
    } else {
      bytes.add(type);
      number(field);
    }
    last = field;
  }
}
