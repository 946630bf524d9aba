package io.admix.server.pages;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A language that the pages speak. */
public enum Language {
  ENGLISH("en", "English", Locale.ENGLISH),
  CHINESE("zh", "中文", Locale.SIMPLIFIED_CHINESE);

  /** Browsers send some dozens of characters, and reading takes the square of their number. */
  private static final int HEADER_MAX = 500;

  private final String code;
  private final String own;
  private final Locale locale;

  Language(String code, String own, Locale locale) {
    this.code = code;
    this.own = own;
    this.locale = locale;
  }

  /** As in the attribute {@code lang}. */
  public String code() {
    return code;
  }

  /** Its name in itself. */
  public String own() {
    return own;
  }

  /** How numbers are written in it. */
  public Locale locale() {
    return locale;
  }

  static Optional<Language> of(String code) {
    return Arrays.stream(values()).filter(language -> language.code.equals(code)).findFirst();
  }

  /** The one that a browser likes best, English where it likes none or does not say it briefly. */
  static Language accepted(String header) {
    if (header.length() > HEADER_MAX) {
      return ENGLISH;
    }
    try {
      List<Locale.LanguageRange> ranges = Locale.LanguageRange.parse(header);
      return ranges.stream()
          .flatMap(range -> of(range.getRange().split("-", 2)[0]).stream())
          .findFirst()
          .orElse(ENGLISH);
    } catch (IllegalArgumentException unreadable) {
      return ENGLISH;
    }
  }
}
