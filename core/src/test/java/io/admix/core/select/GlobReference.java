package io.admix.core.select;

import java.util.Arrays;
import java.util.List;

/**
 * The meaning of patterns without braces and escapes, written as plainly as can be: it tries
 * everything.
 */
final class GlobReference {
  private GlobReference() {}

  static boolean matches(String pattern, String path) {
    return folders(Arrays.asList(pattern.split("/")), Arrays.asList(path.split("/")));
  }

  private static boolean folders(List<String> pattern, List<String> path) {
    if (pattern.isEmpty()) {
      return path.isEmpty();
    }
    List<String> rest = pattern.subList(1, pattern.size());
    if (pattern.getFirst().equals("**")) {
      if (rest.isEmpty()) {
        return !path.isEmpty();
      }
      for (int skip = 0; skip <= path.size(); skip++) {
        if (folders(rest, path.subList(skip, path.size()))) {
          return true;
        }
      }
      return false;
    }
    return !path.isEmpty()
        && segment(
            pattern.getFirst().codePoints().toArray(), 0, path.getFirst().codePoints().toArray(), 0)
        && folders(rest, path.subList(1, path.size()));
  }

  private static boolean segment(int[] pattern, int p, int[] name, int n) {
    if (p == pattern.length) {
      return n == name.length;
    }
    if (pattern[p] == '*') {
      return segment(pattern, p + 1, name, n)
          || (n < name.length && segment(pattern, p, name, n + 1));
    }
    if (n == name.length) {
      return false;
    }
    if (pattern[p] == '[') {
      int close = p + 1;
      while (pattern[close] != ']') {
        close++;
      }
      boolean negated = pattern[p + 1] == '!';
      int wanted = name[n];
      boolean in = Arrays.stream(pattern, p + (negated ? 2 : 1), close).anyMatch(c -> c == wanted);
      return in != negated && segment(pattern, close + 1, name, n + 1);
    }
    return (pattern[p] == '?' || pattern[p] == name[n]) && segment(pattern, p + 1, name, n + 1);
  }
}
