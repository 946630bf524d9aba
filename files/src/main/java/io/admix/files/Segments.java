package io.admix.files;

/**
 * Checks of names and relative paths, shared by every access, made before the platform sees them.
 */
public final class Segments {
  /** Temporaries and staging folders begin so; scans leave them out. */
  public static final String OWN_PREFIX = ".admix-";

  private Segments() {}

  /**
   * Whether {@code name} is one safe segment: not empty, not {@code .} or {@code ..}, without
   * {@code /} and NUL.
   */
  public static boolean isName(String name) {
    if (name.isEmpty() || name.equals(".") || name.equals("..")) {
      return false;
    }
    return name.indexOf('/') < 0 && name.indexOf('\0') < 0;
  }

  /**
   * Whether {@code relative} is empty (the folder itself) or safe segments joined by single
   * slashes.
   */
  public static boolean isRelative(String relative) {
    if (relative.isEmpty()) {
      return true;
    }
    int from = 0;
    while (true) {
      int slash = relative.indexOf('/', from);
      if (!isName(relative.substring(from, slash < 0 ? relative.length() : slash))) {
        return false;
      }
      if (slash < 0) {
        return true;
      }
      from = slash + 1;
    }
  }

  /** Refuses with EINVAL what is not {@link #isName one segment}. */
  public static void requireName(String operation, String name) throws Fault {
    if (!isName(name)) {
      throw new Fault(operation, Errno.EINVAL, printable(name), "not a single safe path segment");
    }
  }

  /** Refuses with EINVAL what is not {@link #isRelative a safe relative path}. */
  public static void requireRelative(String operation, String relative) throws Fault {
    if (!isRelative(relative)) {
      throw new Fault(operation, Errno.EINVAL, printable(relative), "not a safe relative path");
    }
  }

  private static String printable(String name) {
    return '"' + name.replace("\0", "\\0") + '"';
  }
}
