package io.admix.core.name;

/**
 * Text made safe to show: what could move a cursor, hide, or break a line is written as an escape.
 */
public final class Printable {
  private static final int SHOWN_MAX = 200;

  private Printable() {}

  /**
   * The text with control characters and lone surrogates as {@code \}{@code uXXXX}, cut after 200
   * characters.
   */
  public static String of(String text) {
    StringBuilder shown = new StringBuilder(Math.min(text.length(), SHOWN_MAX) + 8);
    for (int i = 0; i < text.length(); ) {
      if (shown.length() >= SHOWN_MAX) {
        return shown.append('…').toString();
      }
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      if (isPlain(c)) {
        shown.appendCodePoint(c);
      } else {
        shown.append(String.format("\\u%04X", c));
      }
    }
    return shown.toString();
  }

  private static boolean isPlain(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }
}
