package io.admix.engine.plan;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A growing buffer of JSON text in UTF-8, written by hand: plans have millions of lines. Used by
 * one thread.
 */
final class JsonBytes {
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  private byte[] bytes;
  private int length;
  private final byte[] digits = new byte[20];

  JsonBytes(int capacity) {
    bytes = new byte[capacity];
  }

  int length() {
    return length;
  }

  byte[] array() {
    return bytes;
  }

  void clear() {
    length = 0;
  }

  byte[] toArray() {
    return Arrays.copyOf(bytes, length);
  }

  /** Appends what another buffer holds. */
  void append(JsonBytes other) {
    bytes(other.bytes, 0, other.length);
  }

  /** Appends bytes as they are. */
  void bytes(byte[] more, int from, int to) {
    ensure(to - from);
    System.arraycopy(more, from, bytes, length, to - from);
    length += to - from;
  }

  /** Appends ASCII text as it is. */
  JsonBytes raw(String ascii) {
    int count = ascii.length();
    ensure(count);
    for (int i = 0; i < count; i++) {
      bytes[length + i] = (byte) ascii.charAt(i);
    }
    length += count;
    return this;
  }

  /** Appends text that is UTF-8 already. */
  JsonBytes utf8(String text) {
    byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
    ensure(encoded.length);
    System.arraycopy(encoded, 0, bytes, length, encoded.length);
    length += encoded.length;
    return this;
  }

  JsonBytes number(long value) {
    if (value == Long.MIN_VALUE) {
      return raw("-9223372036854775808");
    }
    int at = digits.length;
    long rest = Math.abs(value);
    do {
      digits[--at] = (byte) ('0' + rest % 10);
      rest /= 10;
    } while (rest != 0);
    if (value < 0) {
      digits[--at] = '-';
    }
    int count = digits.length - at;
    ensure(count);
    System.arraycopy(digits, at, bytes, length, count);
    length += count;
    return this;
  }

  /** Appends a JSON string: only what JSON demands is escaped, everything else stands as UTF-8. */
  JsonBytes string(String text) {
    int count = text.length();
    ensure(count + 2);
    int start = length;
    bytes[length++] = '"';
    for (int i = 0; i < count; i++) {
      char c = text.charAt(i);
      if (c >= 0x80 || c < 0x20 || c == '"' || c == '\\') {
        length = start;
        return escaped(text.getBytes(StandardCharsets.UTF_8));
      }
      bytes[length++] = (byte) c;
    }
    bytes[length++] = '"';
    return this;
  }

  private JsonBytes escaped(byte[] text) {
    ensure(text.length * 6 + 2);
    bytes[length++] = '"';
    for (byte b : text) {
      if (b == '"' || b == '\\') {
        bytes[length++] = '\\';
        bytes[length++] = b;
      } else if (b >= 0 && b < 0x20) {
        raw("\\u00");
        bytes[length++] = HEX[b >> 4];
        bytes[length++] = HEX[b & 15];
      } else {
        bytes[length++] = b;
      }
    }
    bytes[length++] = '"';
    return this;
  }

  private void ensure(int more) {
    if (bytes.length - length < more) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
    }
  }
}
