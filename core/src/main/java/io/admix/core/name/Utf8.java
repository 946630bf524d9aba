package io.admix.core.name;

import java.nio.charset.StandardCharsets;

/**
 * Strings as the bytes that decide every order and hash here: UTF-8, compared unsigned.
 *
 * <p>The order of UTF-8 bytes is the order of code points. Java's own {@link String#compareTo}
 * orders UTF-16 units instead, which puts U+FFFD after U+1F600; so it must never decide a canonical
 * order.
 */
public final class Utf8 {
  private Utf8() {}

  /**
   * The bytes of well-formed text.
   *
   * @throws IllegalArgumentException when the text holds a lone surrogate: encoding it as {@code ?}
   *     would make two different names equal
   */
  public static byte[] encode(String text) {
    requireWellFormed(text);
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Whether every surrogate stands in a pair. */
  public static boolean isWellFormed(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!Character.isSurrogate(c)) {
        continue;
      }
      if (!Character.isHighSurrogate(c)
          || i + 1 == text.length()
          || !Character.isLowSurrogate(text.charAt(i + 1))) {
        return false;
      }
      i++;
    }
    return true;
  }

  /** Number of UTF-8 bytes of well-formed text, without encoding it. */
  public static int length(String text) {
    int bytes = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      // Each half of a surrogate pair counts two of the pair's four bytes.
      bytes += c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
    }
    return bytes;
  }

  /**
   * Compares two well-formed texts as their UTF-8 bytes would compare unsigned, without encoding
   * them.
   */
  public static int compare(String a, String b) {
    int shorter = Math.min(a.length(), b.length());
    for (int i = 0; i < shorter; i++) {
      char x = a.charAt(i);
      char y = b.charAt(i);
      if (x != y) {
        return Integer.compare(codePointRank(x), codePointRank(y));
      }
    }
    return Integer.compare(a.length(), b.length());
  }

  /** Lifts surrogates above U+E000 to U+FFFF: code points beyond the BMP are the highest. */
  private static int codePointRank(char unit) {
    return Character.isSurrogate(unit) ? unit + 0x1_0000 : unit;
  }

  private static void requireWellFormed(String text) {
    if (!isWellFormed(text)) {
      throw new IllegalArgumentException(
          "not well-formed Unicode, a lone surrogate in: " + Printable.of(text));
    }
  }
}
