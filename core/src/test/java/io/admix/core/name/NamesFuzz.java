package io.admix.core.name;

import static io.admix.core.fuzz.Bounded.require;

import io.admix.core.fuzz.Bounded;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Fuzz target: two texts, divided by a line feed. A first byte of 1 makes them UTF-16, so that lone
 * surrogates occur.
 */
public final class NamesFuzz {
  private static final Path ROOT = Path.of("/data/mix");

  private NamesFuzz() {}

  public static void fuzzerTestOneInput(byte[] data) {
    Bounded.run(
        data.length,
        () -> {
          boolean isWide = data.length > 0 && data[0] == 1;
          String all =
              isWide
                  ? new String(data, 1, data.length - 1, StandardCharsets.UTF_16BE)
                  : new String(data, StandardCharsets.UTF_8);
          // Decoding replaces lone surrogates, so that they are put in by hand.
          String text = isWide ? all.replace('\uFFFD', '\uD800').replace('~', '\uDC01') : all;
          int cut = text.indexOf('\n');
          String first = cut < 0 ? text : text.substring(0, cut);
          String second = cut < 0 ? "" : text.substring(cut + 1);
          safety(text);
          safety(first);
          safety(second);
          numbering(first);
          numbering(text);
          order(first, second);
          showing(text);
          require(
              Near.suggestion(first, List.of(second, "dataset")).stream()
                  .allMatch(near -> near.equals(second) || near.equals("dataset")),
              "a suggestion that nobody offered");
        });
  }

  private static void safety(String name) {
    Optional<String> segment = SafeNames.problemOfSegment(name);
    if (segment.isEmpty()) {
      Path path = ROOT.resolve(name);
      require(path.normalize().equals(path), "`%s` is not normal", name);
      require(ROOT.equals(path.getParent()), "`%s` leaves its folder", name);
      require(
          name.getBytes(StandardCharsets.UTF_8).length <= SafeNames.SEGMENT_BYTES_MAX,
          "`%s` is too long",
          name);
    }
    if (SafeNames.problemOfName(name).isEmpty()) {
      require(segment.isEmpty(), "`%s` is a name, but no segment", name);
    }
    Optional<String> problem = SafeNames.problemOfPath(name);
    if (problem.isEmpty()) {
      Path path = ROOT.resolve(name);
      require(path.normalize().equals(path), "`%s` is not normal", name);
      require(path.startsWith(ROOT) && !path.equals(ROOT), "`%s` leaves its root", name);
    }
    problem.ifPresent(words -> require(isOneLine(words), "words of more than a line: %s", words));
  }

  private static void numbering(String name) {
    BaseName parts = BaseName.of(name);
    require(parts.toString().equals(name), "`%s` is divided into %s", name, parts);
    for (long number : new long[] {1, 9, 10, 999_999_999_999_999_999L}) {
      Optional<BaseName.Numbered> read = BaseName.parseNumbered(parts.numbered(number));
      boolean isSame =
          read.isPresent() && read.get().original().equals(name) && read.get().number() == number;
      require(isSame || name.isEmpty(), "`%s` numbered %d is read as %s", name, number, read);
    }
    BaseName.parseNumbered(name)
        .ifPresent(read ->
            require(
                BaseName.of(read.original()).numbered(read.number()).equals(name),
                "`%s` is read as %s",
                name,
                read));
  }

  private static void order(String a, String b) {
    if (!Utf8.isWellFormed(a) || !Utf8.isWellFormed(b)) {
      try {
        Utf8.encode(Utf8.isWellFormed(a) ? b : a);
        throw new AssertionError("a lone surrogate was encoded");
      } catch (IllegalArgumentException expected) {
        return;
      }
    }
    int bytes = Arrays.compareUnsigned(Utf8.encode(a), Utf8.encode(b));
    require(Integer.signum(bytes) == Integer.signum(Utf8.compare(a, b)), "`%s` against `%s`", a, b);
    require(Utf8.length(a) == Utf8.encode(a).length, "length of `%s`", a);
  }

  private static void showing(String text) {
    String shown = Printable.of(text);
    require(shown.length() <= 210, "%d characters are shown", shown.length());
    require(isOneLine(shown), "more than a line is shown: %s", shown);
  }

  private static boolean isOneLine(String words) {
    return words.codePoints().noneMatch(Character::isISOControl);
  }
}
