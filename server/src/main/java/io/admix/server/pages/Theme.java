package io.admix.server.pages;

import java.util.Arrays;

/** Whether pages are light or dark. */
public enum Theme {
  /** As the browser's system is. */
  AUTO,
  LIGHT,
  DARK;

  /** As in the attribute {@code data-theme} and the cookie. */
  public String code() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }

  static Theme of(String code) {
    return Arrays.stream(values())
        .filter(theme -> theme.code().equals(code))
        .findFirst()
        .orElse(AUTO);
  }
}
