package io.admix.core.name;

import java.util.Optional;

/**
 * Which names and relative paths may be used. Each check answers what is wrong, as the end of a
 * sentence about the name, or empty when nothing is.
 */
public final class SafeNames {
  /** Most bytes of one path segment on the file systems in use (NAME_MAX). */
  public static final int SEGMENT_BYTES_MAX = 255;

  /** Most characters of a path: the column that DataMate keeps it in. */
  public static final int PATH_CHARACTERS_MAX = 1_000;

  /** How names in a folder begin that Admix keeps for itself. */
  public static final String RESERVED_PREFIX = ".admix-";

  private SafeNames() {}

  /**
   * A file's or folder's base name: one segment of a path, any characters that a file system takes.
   */
  public static Optional<String> problemOfSegment(String name) {
    if (name.isEmpty()) {
      return Optional.of("is empty");
    }
    if (name.equals(".") || name.equals("..")) {
      return Optional.of("is no name of its own");
    }
    if (name.indexOf('/') >= 0) {
      return Optional.of("holds a `/`");
    }
    if (name.indexOf('\0') >= 0) {
      return Optional.of("holds a zero byte");
    }
    if (!Utf8.isWellFormed(name)) {
      return Optional.of("is not well-formed Unicode (a lone surrogate)");
    }
    if (name.startsWith(RESERVED_PREFIX)) {
      return Optional.of("begins with `" + RESERVED_PREFIX + "`, which Admix keeps for itself");
    }
    int bytes = Utf8.length(name);
    return bytes > SEGMENT_BYTES_MAX
        ? Optional.of("has " + bytes + " bytes in UTF-8, more than " + SEGMENT_BYTES_MAX)
        : Optional.empty();
  }

  /**
   * The name of a dataset or source: one segment that a person can read, without control
   * characters.
   */
  public static Optional<String> problemOfName(String name) {
    Optional<String> problem = problemOfSegment(name);
    if (problem.isPresent()) {
      return problem;
    }
    if (name.codePoints().anyMatch(Character::isISOControl)) {
      return Optional.of("holds a control character");
    }
    return name.isBlank() || !name.equals(name.strip())
        ? Optional.of("begins or ends with white space")
        : Optional.empty();
  }

  /** A name that is never part of a path: any text that a person can read. */
  public static Optional<String> problemOfText(String name) {
    if (name.isBlank()) {
      return Optional.of("is blank");
    }
    if (!Utf8.isWellFormed(name)) {
      return Optional.of("is not well-formed Unicode (a lone surrogate)");
    }
    return name.codePoints().anyMatch(Character::isISOControl)
        ? Optional.of("holds a control character")
        : Optional.empty();
  }

  /**
   * Whether a relative path cannot lead out of its root, however long it is: segments that are no
   * {@code .} and no {@code ..}, without a zero byte or a lone surrogate, joined by one {@code /}.
   */
  public static boolean staysBelow(String path) {
    int from = 0;
    while (from <= path.length()) {
      int slash = path.indexOf('/', from);
      int to = slash < 0 ? path.length() : slash;
      int length = to - from;
      boolean isDots =
          length <= 2 && length > 0 && path.charAt(from) == '.' && path.charAt(to - 1) == '.';
      if (length == 0 || isDots) {
        return false;
      }
      from = to + 1;
    }
    return path.indexOf('\0') < 0 && Utf8.isWellFormed(path);
  }

  /** A relative path in normal form: segments that are each safe, joined by one {@code /}. */
  public static Optional<String> problemOfPath(String path) {
    if (path.isEmpty()) {
      return Optional.of("is empty");
    }
    int characters = path.codePointCount(0, path.length());
    if (characters > PATH_CHARACTERS_MAX) {
      return Optional.of("has " + characters + " characters, more than " + PATH_CHARACTERS_MAX);
    }
    int from = 0;
    while (from <= path.length()) {
      int slash = path.indexOf('/', from);
      int to = slash < 0 ? path.length() : slash;
      Optional<String> problem = problemOfSegment(path.substring(from, to));
      if (problem.isPresent()) {
        String segment = Printable.of(path.substring(from, to));
        return Optional.of("has a segment `" + segment + "` that " + problem.get());
      }
      from = to + 1;
    }
    return Optional.empty();
  }
}
