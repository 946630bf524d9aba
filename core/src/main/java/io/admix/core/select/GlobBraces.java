package io.admix.core.select;

import java.util.ArrayList;
import java.util.List;

/**
 * Expands the braces of a pattern: {@code a{b,c}d} is {@code abd} or {@code acd}. What is in
 * brackets or behind a backslash is left as it is.
 */
final class GlobBraces {
  private final String pattern;
  private int at;

  GlobBraces(String pattern) {
    this.pattern = pattern;
  }

  /**
   * All patterns without braces that this one stands for.
   *
   * @throws IllegalArgumentException when braces, brackets or escapes are not closed, or there are
   *     too many
   */
  List<String> expand() {
    List<String> all = sequence(0);
    if (at < pattern.length()) {
      throw new IllegalArgumentException("`}` without `{`; write `\\}` for the character itself");
    }
    return all;
  }

  /** Reads to the end or, within braces, to a comma or closing brace. */
  private List<String> sequence(int depth) {
    List<String> soFar = List.of("");
    while (at < pattern.length()) {
      char c = pattern.charAt(at);
      if (c == '}' || (c == ',' && depth > 0)) {
        break;
      }
      soFar = product(soFar, c == '{' ? braces(depth + 1) : List.of(plain(depth)));
    }
    return soFar;
  }

  private List<String> braces(int depth) {
    List<String> choices = new ArrayList<>();
    do {
      at++;
      choices.addAll(sequence(depth));
    } while (at < pattern.length() && pattern.charAt(at) == ',');
    if (at == pattern.length()) {
      throw new IllegalArgumentException("`{` is not closed; write `\\{` for the character itself");
    }
    at++;
    return choices;
  }

  /**
   * Everything up to the next brace or comma, as written: each alternative is copied once for it.
   */
  private String plain(int depth) {
    int from = at;
    while (at < pattern.length() && !isSpecial(pattern.charAt(at), depth)) {
      passPiece();
    }
    return pattern.substring(from, at);
  }

  private static boolean isSpecial(char c, int depth) {
    return c == '{' || c == '}' || (c == ',' && depth > 0);
  }

  /** One character, escape or bracket. */
  private void passPiece() {
    at =
        switch (pattern.charAt(at)) {
          case '\\' -> at + 2;
          case '[' -> GlobSet.end(pattern, at);
          default -> at + 1;
        };
    if (at > pattern.length()) {
      throw new IllegalArgumentException("it ends in a lone `\\`");
    }
  }

  private static List<String> product(List<String> heads, List<String> tails) {
    if (heads.size() * tails.size() > Glob.ALTERNATIVES_MAX) {
      throw new IllegalArgumentException(
          "braces multiply to more than " + Glob.ALTERNATIVES_MAX + " alternatives");
    }
    List<String> all = new ArrayList<>(heads.size() * tails.size());
    for (String head : heads) {
      for (String tail : tails) {
        all.add(head + tail);
      }
    }
    return all;
  }
}
