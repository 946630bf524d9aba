package io.admix.core.select;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A pattern without braces as a row of steps, run as a non-deterministic automaton: a bit set holds
 * every step that the path so far can have reached. See Thompson, "Regular expression search
 * algorithm", CACM 11 (1968).
 */
final class GlobProgram {
  private sealed interface Step {
    /** Exactly this character. */
    record Literal(int codePoint) implements Step {}

    /** One character of the set, not {@code /}. */
    record Set(GlobSet set) implements Step {}

    /** One character, not {@code /}. */
    record One() implements Step {}

    /** Any number of characters that are not {@code /}. */
    record Star() implements Step {}

    /** Nothing, or whole folders with their {@code /}; always followed by {@link InFolders}. */
    record Folders() implements Step {}

    /** Within those folders: only a {@code /} leads out. */
    record InFolders() implements Step {}

    /** One or more characters of any kind, to the end. */
    record Below() implements Step {}
  }

  private final Step[] steps;

  /** What every matching path begins and ends with: most paths are refused by it at once. */
  private final String prefix;

  private final String suffix;

  /**
   * Whether the ends decide alone, as for a folder with everything below it, or an ending anywhere.
   */
  private final boolean endsDecide;

  private GlobProgram(List<Step> steps) {
    this.steps = steps.toArray(Step[]::new);
    this.prefix = literals(steps);
    this.suffix = new StringBuilder(literals(steps.reversed())).reverse().toString();
    this.endsDecide = endsDecide(steps);
  }

  static GlobProgram compile(String pattern) {
    checkSegments(pattern);
    List<Step> steps = new ArrayList<>();
    int at = 0;
    while (at < pattern.length()) {
      at = addStep(pattern, at, steps);
    }
    return new GlobProgram(steps);
  }

  boolean matches(String path) {
    if (!path.startsWith(prefix) || !path.endsWith(suffix)) {
      return false;
    }
    return endsDecide ? path.length() > prefix.length() : run(path);
  }

  private boolean run(String path) {
    long[] now = new long[(steps.length >>> 6) + 1];
    long[] next = new long[now.length];
    enter(now, 0);
    for (int at = 0; at < path.length(); ) {
      int c = path.codePointAt(at);
      at += Character.charCount(c);
      if (!advance(now, next, c)) {
        return false;
      }
      long[] spare = now;
      now = next;
      next = spare;
      Arrays.fill(next, 0);
    }
    return (now[steps.length >>> 6] >>> steps.length & 1) != 0;
  }

  /** Moves every step that is in {@code now} over one character; false when none survives. */
  private boolean advance(long[] now, long[] next, int c) {
    boolean alive = false;
    for (int word = 0; word < now.length; word++) {
      for (long bits = now[word]; bits != 0; bits &= bits - 1) {
        int step = (word << 6) + Long.numberOfTrailingZeros(bits);
        if (step < steps.length) {
          alive |= consume(step, c, next);
        }
      }
    }
    return alive;
  }

  private boolean consume(int at, int c, long[] next) {
    return switch (steps[at]) {
      case Step.Literal literal -> c == literal.codePoint && enter(next, at + 1);
      case Step.Set in -> c != '/' && in.set.contains(c) && enter(next, at + 1);
      case Step.One one -> c != '/' && enter(next, at + 1);
      case Step.Star star -> c != '/' && enter(next, at);
      case Step.Folders folders -> c != '/' && enter(next, at + 1);
      case Step.InFolders in -> enter(next, at) & (c != '/' || enter(next, at + 1));
      case Step.Below below -> enter(next, at) & enter(next, at + 1);
    };
  }

  /** Adds a step, and those that it reaches without a character. */
  private boolean enter(long[] set, int step) {
    int at = step;
    set[at >>> 6] |= 1L << at;
    while (at < steps.length
        && (steps[at] instanceof Step.Star || steps[at] instanceof Step.Folders)) {
      at += steps[at] instanceof Step.Star ? 1 : 2;
      set[at >>> 6] |= 1L << at;
    }
    return true;
  }

  private static int addStep(String pattern, int at, List<Step> steps) {
    int c = pattern.codePointAt(at);
    switch (c) {
      case '*' -> {
        return addStars(pattern, at, steps);
      }
      case '?' -> steps.add(new Step.One());
      case '[' -> {
        int end = GlobSet.end(pattern, at);
        steps.add(new Step.Set(GlobSet.parse(pattern, at, end)));
        return end;
      }
      case '\\' -> {
        int literal = pattern.codePointAt(at + 1);
        steps.add(new Step.Literal(literal));
        return at + 1 + Character.charCount(literal);
      }
      default -> steps.add(new Step.Literal(c));
    }
    return at + Character.charCount(c);
  }

  private static int addStars(String pattern, int from, List<Step> steps) {
    int to = from;
    while (to < pattern.length() && pattern.charAt(to) == '*') {
      to++;
    }
    boolean isSegment = to - from == 2 && (from == 0 || pattern.charAt(from - 1) == '/');
    if (isSegment && to == pattern.length()) {
      steps.add(new Step.Below());
      return to;
    }
    if (isSegment && pattern.charAt(to) == '/') {
      steps.add(new Step.Folders());
      steps.add(new Step.InFolders());
      return to + 1;
    }
    steps.add(new Step.Star());
    return to;
  }

  /** Refuses what no relative path can match: a mistake that would silently choose nothing. */
  private static void checkSegments(String pattern) {
    if (pattern.startsWith("/")) {
      throw new IllegalArgumentException(
          "it begins with `/`, but it is matched with a relative path");
    }
    if (pattern.endsWith("/")) {
      throw new IllegalArgumentException(
          "it ends with `/`, so it matches no file; write `" + pattern + "**`");
    }
    for (String segment : pattern.split("/", -1)) {
      if (segment.isEmpty() && !pattern.isEmpty()) {
        throw new IllegalArgumentException("it holds `//`, which no path does");
      }
      if (segment.equals(".") || segment.equals("..")) {
        throw new IllegalArgumentException("it has a segment `" + segment + "`, which no path has");
      }
    }
  }

  /** The literals that come first. */
  private static String literals(List<Step> steps) {
    StringBuilder literals = new StringBuilder();
    for (Step step : steps) {
      if (!(step instanceof Step.Literal literal)) {
        break;
      }
      literals.appendCodePoint(literal.codePoint);
    }
    return literals.toString();
  }

  /**
   * Literals and then everything below; or any folders, one star, and then literals of one name.
   */
  private static boolean endsDecide(List<Step> steps) {
    int count = steps.size();
    if (count > 0 && steps.getLast() instanceof Step.Below) {
      return areLiterals(steps.subList(0, count - 1));
    }
    return count > 2
        && steps.get(0) instanceof Step.Folders
        && steps.get(2) instanceof Step.Star
        && areLiterals(steps.subList(3, count))
        && steps.subList(3, count).stream().noneMatch(new Step.Literal('/')::equals);
  }

  private static boolean areLiterals(List<Step> steps) {
    return steps.stream().allMatch(Step.Literal.class::isInstance);
  }
}
