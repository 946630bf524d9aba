package io.admix.core.name;

import java.util.Locale;

/** Numbers of bytes as people read them, in powers of 1,024. */
public final class ByteCount {
  private static final String[] UNITS = {"KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};

  private ByteCount() {}

  /** Two or three digits and a unit: {@code 812 B}, {@code 1.2 KiB}, {@code 34 GiB}. */
  public static String words(long count) {
    if (count < 1024) {
      return count + " B";
    }
    double value = count;
    int unit = -1;
    while (value >= 1024 && unit < UNITS.length - 1) {
      value /= 1024;
      unit++;
    }
    return String.format(Locale.ROOT, value < 9.95 ? "%.1f %s" : "%.0f %s", value, UNITS[unit]);
  }
}
