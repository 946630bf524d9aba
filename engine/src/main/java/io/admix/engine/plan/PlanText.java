package io.admix.engine.plan;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads the short JSON of plan lines out of a byte array: exactly the form that {@link PlanLines}
 * writes, nothing else. Used by one thread.
 */
final class PlanText {
  private byte[] bytes = new byte[0];
  private int at;
  private int end;

  void over(byte[] text, int from, int to) {
    bytes = text;
    at = from;
    end = to;
  }

  boolean isAtEnd() {
    return at == end;
  }

  int position() {
    return at;
  }

  /** Whether the text goes on with {@code ascii}; nothing is consumed. */
  boolean isNext(String ascii) {
    int count = ascii.length();
    if (end - at < count) {
      return false;
    }
    for (int i = 0; i < count; i++) {
      if (bytes[at + i] != ascii.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** Consumes {@code ascii} when the text goes on with it. */
  boolean take(String ascii) {
    boolean isThere = isNext(ascii);
    if (isThere) {
      at += ascii.length();
    }
    return isThere;
  }

  void expect(String ascii) throws InvalidPlanException {
    if (!take(ascii)) {
      throw malformed(ascii);
    }
  }

  long number() throws InvalidPlanException {
    boolean isNegative = take("-");
    int start = at;
    long value = 0;
    while (at < end && bytes[at] >= '0' && bytes[at] <= '9') {
      value = value * 10 + (bytes[at++] - '0');
    }
    if (at == start || at - start > 19 || value < 0) {
      throw malformed("a number");
    }
    return isNegative ? -value : value;
  }

  int smallNumber() throws InvalidPlanException {
    long value = number();
    if (value < 0 || value > Integer.MAX_VALUE) {
      throw malformed("a small number");
    }
    return (int) value;
  }

  String string() throws InvalidPlanException {
    expect("\"");
    int start = at;
    while (at < end) {
      byte b = bytes[at];
      if (b == '"') {
        return decoded(bytes, start, at++ - start);
      }
      if (b == '\\') {
        return escaped(start);
      }
      at++;
    }
    throw malformed("the end of a string");
  }

  /** A name that is no UTF-8 would be read as another: refused, not guessed at. */
  private String decoded(byte[] utf8, int start, int length) throws InvalidPlanException {
    String text = new String(utf8, start, length, StandardCharsets.UTF_8);
    boolean isSuspect = text.indexOf('\uFFFD') >= 0;
    if (isSuspect
        && !Arrays.equals(
            text.getBytes(StandardCharsets.UTF_8),
            Arrays.copyOfRange(utf8, start, start + length))) {
      throw malformed("UTF-8");
    }
    return text;
  }

  private String escaped(int start) throws InvalidPlanException {
    byte[] plain = new byte[end - start];
    int count = at - start;
    System.arraycopy(bytes, start, plain, 0, count);
    while (at < end) {
      byte b = bytes[at++];
      if (b == '"') {
        return decoded(plain, 0, count);
      }
      plain[count++] = b == '\\' ? escape() : b;
    }
    throw malformed("the end of a string");
  }

  private byte escape() throws InvalidPlanException {
    if (take("\\")) {
      return '\\';
    }
    if (take("\"")) {
      return '"';
    }
    expect("u00");
    int high = at < end ? Character.digit(bytes[at++], 16) : -1;
    int low = at < end ? Character.digit(bytes[at++], 16) : -1;
    // Only control characters are written so; another reader takes \u00e9 for a character, not a
    // byte.
    if (high < 0 || high > 1 || low < 0) {
      throw malformed("an escape");
    }
    return (byte) (high << 4 | low);
  }

  private InvalidPlanException malformed(String wanted) {
    return new InvalidPlanException("expected " + wanted + " at byte " + at + " of a line");
  }
}
