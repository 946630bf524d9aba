package io.admix.core.select;

import static io.admix.core.fuzz.Bounded.require;

import io.admix.core.fuzz.Bounded;
import io.admix.core.name.SafeNames;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** Fuzz target: a pattern and a path, divided by a line feed. */
public final class GlobFuzz {
  /** What the plain reference knows, short enough for it to try everything. */
  private static final Pattern PLAIN =
      Pattern.compile("(?:[^\\\\{}\\[\\]*]|\\[!?[a-z]{1,4}\\]|\\*){1,16}");

  private static final int PATH_MAX = 16;

  private GlobFuzz() {}

  public static void fuzzerTestOneInput(byte[] data) {
    Bounded.run(
        data.length,
        () -> {
          String text = new String(data, StandardCharsets.UTF_8);
          int cut = text.indexOf('\n');
          compare(
              cut < 0 ? text : text.substring(0, cut),
              cut < 0 ? "a/b.txt" : text.substring(cut + 1));
        });
  }

  private static void compare(String pattern, String path) {
    Glob glob;
    try {
      glob = Glob.compile(pattern);
    } catch (IllegalArgumentException e) {
      require(
          e.getMessage() != null && e.getMessage().contains("pattern"),
          "a refusal that does not name the pattern: %s",
          e.getMessage());
      return;
    }
    boolean matches = glob.matches(path);
    require(glob.toString().equals(pattern), "the pattern is shown as %s", glob);
    boolean isComparable =
        PLAIN.matcher(pattern).matches()
            && path.length() <= PATH_MAX
            && SafeNames.problemOfPath(path).isEmpty();
    if (isComparable) {
      require(
          matches == GlobReference.matches(pattern, path),
          "`%s` on `%s`: %b",
          pattern,
          path,
          matches);
    }
  }
}
