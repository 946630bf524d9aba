package io.admix.core.select;

import io.admix.core.name.Printable;
import java.util.List;

/**
 * A pattern on a relative path, compared case-sensitively with the whole of it, code point by code
 * point.
 *
 * <table>
 * <caption>What a pattern may hold</caption>
 * <tr><td>{@code ?}</td><td>one character that is not {@code /}</td></tr>
 * <tr><td>{@code *}</td><td>any number of characters that are not {@code /}</td></tr>
 * <tr><td>{@code **}{@code /}</td><td>as a whole segment: zero or more folders</td></tr>
 * <tr><td>{@code **}</td><td>as the last segment: everything below</td></tr>
 * <tr><td>{@code [abc]}, {@code [a-z]}, {@code [!a]}, {@code [^a]}</td><td>one character of a set, or not of it; never
 * {@code /}; a {@code ]} that comes first stands for itself</td></tr>
 * <tr><td>{@code {a,b}}</td><td>either; may be nested, may hold {@code /}</td></tr>
 * <tr><td>{@code \x}</td><td>the character x itself</td></tr>
 * </table>
 *
 * <p>A pattern is anchored at both ends, as git's {@code :(glob)} is: {@code *.java} matches in the
 * root only, {@code **}{@code /*.java} everywhere. A leading dot is a character like any other. Two
 * stars that are not a whole segment, as in {@code a**b}, are one star.
 *
 * <p>Matching takes time in proportion to pattern times path at the most: it keeps the set of all
 * positions in the pattern that the path so far can have led to, and never goes back. Immutable and
 * safe for threads.
 */
public final class Glob {
  /** Longest pattern, in UTF-16 units. */
  public static final int PATTERN_MAX = 1_000;

  /** Most alternatives that braces may multiply to. */
  public static final int ALTERNATIVES_MAX = 256;

  private final String pattern;
  private final List<GlobProgram> alternatives;

  private Glob(String pattern, List<GlobProgram> alternatives) {
    this.pattern = pattern;
    this.alternatives = alternatives;
  }

  /**
   * Compiles a pattern.
   *
   * @throws IllegalArgumentException when it is none; the message says what is wrong with it and is
   *     meant for people
   */
  public static Glob compile(String pattern) {
    if (pattern.isEmpty()) {
      throw new IllegalArgumentException("an empty pattern matches nothing");
    }
    if (pattern.length() > PATTERN_MAX) {
      throw new IllegalArgumentException(
          "the pattern has " + pattern.length() + " characters, more than " + PATTERN_MAX);
    }
    try {
      List<String> expanded = new GlobBraces(pattern).expand();
      return new Glob(pattern, expanded.stream().map(GlobProgram::compile).toList());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "pattern `" + Printable.of(pattern) + "`: " + e.getMessage(), e);
    }
  }

  /** Whether the pattern matches the whole path. */
  public boolean matches(String relativePath) {
    for (GlobProgram alternative : alternatives) {
      if (alternative.matches(relativePath)) {
        return true;
      }
    }
    return false;
  }

  /** The pattern as written. */
  @Override
  public String toString() {
    return pattern;
  }
}
