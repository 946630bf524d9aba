package io.admix.catalog;

import io.admix.core.name.SafeNames;

/**
 * Decides whether a row's absolute path lies in its dataset's folder and is written in normal form.
 */
final class RowPaths {
  private RowPaths() {}

  /** The folder with one slash at its end. */
  static String prefix(String folder) {
    return folder.endsWith("/") ? folder : folder + "/";
  }

  /**
   * Whether the path is the prefix followed by segments that are neither empty nor {@code .} nor
   * {@code ..} nor reserved ({@code .admix-…}, which no scan hands out either), without NUL.
   */
  static boolean isBelow(String prefix, String path) {
    int length = path.length();
    if (length <= prefix.length() || !path.startsWith(prefix)) {
      return false;
    }
    if (path.indexOf('\0') >= 0 || path.charAt(length - 1) == '/') {
      return false;
    }
    int start = prefix.length();
    while (start < length) {
      int end = path.indexOf('/', start);
      int stop = end < 0 ? length : end;
      if (!isSegment(path, start, stop)) {
        return false;
      }
      start = stop + 1;
    }
    return true;
  }

  private static boolean isSegment(String path, int start, int stop) {
    int length = stop - start;
    if (length == 0 || path.charAt(start) != '.') {
      return length > 0;
    }
    return length > 2
        ? !path.startsWith(SafeNames.RESERVED_PREFIX, start)
        : length == 2 && path.charAt(start + 1) != '.';
  }
}
