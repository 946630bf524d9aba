package io.admix.core.name;

import java.util.Optional;

/**
 * A file's base name, divided where a number may be put in: the stem ends at the last dot that is
 * not the first character. {@code a.tar.gz} is {@code a.tar} and {@code .gz}; {@code .bashrc} has
 * no extension.
 *
 * @param stem not empty for a name that is not empty
 * @param extension with its dot, or empty
 */
public record BaseName(String stem, String extension) {
  private static final int DIGITS_MAX = 18;

  /** Divides a base name. */
  public static BaseName of(String name) {
    int dot = name.lastIndexOf('.');
    return dot > 0
        ? new BaseName(name.substring(0, dot), name.substring(dot))
        : new BaseName(name, "");
  }

  /**
   * A name {@code stem_i.ext} and the name that it was made out of.
   *
   * @param original the name without its number
   * @param number at least 1
   */
  public record Numbered(String original, long number) {}

  /** {@code stem_i.ext}, the name that the i-th further file of this base name gets, i from 1. */
  public String numbered(long i) {
    return stem + "_" + i + extension;
  }

  /** The whole name. */
  @Override
  public String toString() {
    return stem + extension;
  }

  /**
   * Reads a name as {@code stem_i.ext} with i ≥ 1 written without leading zeros: the one original
   * and number for which {@link #numbered} gives this name, or empty when there is none.
   */
  public static Optional<Numbered> parseNumbered(String name) {
    BaseName parts = of(name);
    int underscore = parts.stem.lastIndexOf('_');
    String digits = parts.stem.substring(underscore + 1);
    if (underscore < 1 || !isCanonical(digits)) {
      return Optional.empty();
    }
    String original = parts.stem.substring(0, underscore) + parts.extension;
    return Optional.of(new Numbered(original, Long.parseLong(digits)));
  }

  /** A number of 1 or more in ASCII digits, with no leading zero. */
  private static boolean isCanonical(String digits) {
    return !digits.isEmpty()
        && digits.length() <= DIGITS_MAX
        && digits.charAt(0) != '0'
        && digits.chars().allMatch(c -> c >= '0' && c <= '9');
  }
}
