package io.admix.files;

/**
 * A source file is no longer what the plan saw: another inode, size, time or kind. What was made of
 * it is gone again.
 */
public final class SourceChangedException extends Exception {
  public SourceChangedException(String message) {
    super(message, null, false, false);
  }
}
