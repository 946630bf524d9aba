package io.admix.core.name;

/**
 * Blanks of every script: also those that {@link String#strip} leaves, such as a no-break space.
 */
public final class Blanks {
  private Blanks() {}

  /** The text without blanks around it; empty when it is nothing else. */
  public static String strip(String text) {
    int from = 0;
    int to = text.length();
    while (from < to && isBlank(text.charAt(from))) {
      from++;
    }
    while (to > from && isBlank(text.charAt(to - 1))) {
      to--;
    }
    return text.substring(from, to);
  }

  /** No blank lies beyond the basic plane. */
  private static boolean isBlank(char c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == '\u0085';
  }
}
