package io.admix.engine.dataset;

/** A line of a tags file that is not understood; the message ends a sentence about the line. */
final class TagLineException extends Exception {
  TagLineException(String message) {
    super(message, null, false, false);
  }
}
