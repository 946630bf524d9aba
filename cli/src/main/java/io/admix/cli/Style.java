package io.admix.cli;

/** Colours and bars, or their plain forms. */
record Style(Console.Colour colour, Console.Glyphs glyphs) {
  static final Style PLAIN = new Style(Console.Colour.OFF, Console.Glyphs.ASCII);

  String bold(String text) {
    return paint("1", text);
  }

  String dim(String text) {
    return paint("2", text);
  }

  String good(String text) {
    return paint("32", text);
  }

  String bad(String text) {
    return paint("31", text);
  }

  String warning(String text) {
    return paint("33", text);
  }

  /**
   * A bar of {@code width} cells: {@code full} parts of {@code whole} filled, up to {@code part}
   * shaded. Something never shows as nothing.
   */
  String bar(long full, long part, long whole, int width) {
    int filled = cells(full, whole, width);
    int shaded = Math.max(filled, cells(part, whole, width));
    boolean isUnicode = glyphs == Console.Glyphs.UNICODE;
    return (isUnicode ? "█" : "#").repeat(filled)
        + (isUnicode ? "░" : ".").repeat(shaded - filled)
        + " ".repeat(width - shaded);
  }

  String dot() {
    return glyphs == Console.Glyphs.UNICODE ? " · " : ", ";
  }

  private static int cells(long value, long whole, int width) {
    if (value <= 0 || whole <= 0) {
      return 0;
    }
    return (int) Math.clamp(Math.round((double) value * width / whole), 1, width);
  }

  private String paint(String code, String text) {
    return colour == Console.Colour.ON ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
  }
}
