package io.admix.files;

/**
 * A source file is no longer what the plan saw: another inode, size, time or kind. What was made of
 * it is gone again.
 */
public final class SourceChangedException extends Exception {
  public SourceChangedException(String message) {
    super(message, null, false, false);
  }

  /**
   * Tells in what the file at {@code path} differs from what was planned.
   *
   * @param when it was seen, for example {@code "while it was copied"}, or ""
   */
  public static SourceChangedException of(
      String path, String when, Folder.Expected expected, Stat found) {
    String changed = when.isEmpty() ? " changed" : " changed " + when;
    return new SourceChangedException(path + changed + ": " + expected.difference(found));
  }
}
