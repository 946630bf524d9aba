package io.admix.core.select;

import java.util.ArrayList;
import java.util.List;

/** A set of characters in brackets. */
final class GlobSet {
  private final boolean negated;
  private final List<int[]> ranges;

  private GlobSet(boolean negated, List<int[]> ranges) {
    this.negated = negated;
    this.ranges = ranges;
  }

  /**
   * Index behind the bracket that closes the one at {@code open}.
   *
   * @throws IllegalArgumentException when none does
   */
  static int end(String pattern, int open) {
    int at = open + 1;
    if (at < pattern.length() && isNegation(pattern.charAt(at))) {
      at++;
    }
    int first = at;
    while (at < pattern.length() && (pattern.charAt(at) != ']' || at == first)) {
      at += pattern.charAt(at) == '\\' ? 2 : 1;
    }
    if (at >= pattern.length()) {
      throw new IllegalArgumentException("`[` is not closed; write `\\[` for the character itself");
    }
    return at + 1;
  }

  /** Reads the bracket from {@code open} to just before {@code end}. */
  static GlobSet parse(String pattern, int open, int end) {
    boolean negated = isNegation(pattern.charAt(open + 1));
    int[] characters = new int[end - open];
    boolean[] isDash = new boolean[end - open];
    int count = 0;
    for (int at = open + (negated ? 2 : 1); at < end - 1; count++) {
      boolean escaped = pattern.charAt(at) == '\\';
      at += escaped ? 1 : 0;
      characters[count] = pattern.codePointAt(at);
      isDash[count] = !escaped && characters[count] == '-';
      at += Character.charCount(characters[count]);
    }
    return new GlobSet(negated, ranges(characters, isDash, count));
  }

  boolean contains(int codePoint) {
    for (int[] range : ranges) {
      if (range[0] <= codePoint && codePoint <= range[1]) {
        return !negated;
      }
    }
    return negated;
  }

  /** A dash between two characters makes a range; at an end it is itself. */
  private static List<int[]> ranges(int[] characters, boolean[] isDash, int count) {
    List<int[]> ranges = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int low = characters[i];
      int high = low;
      if (i + 2 < count && isDash[i + 1]) {
        i += 2;
        high = characters[i];
      }
      if (low > high) {
        throw new IllegalArgumentException(
            "the range `%s-%s` runs backwards"
                .formatted(Character.toString(low), Character.toString(high)));
      }
      ranges.add(new int[] {low, high});
    }
    return List.copyOf(ranges);
  }

  private static boolean isNegation(char c) {
    return c == '!' || c == '^';
  }
}
