package io.admix.core.recipe;

/**
 * One thing that is wrong with a document.
 *
 * @param line 1-based, 0 when unknown
 * @param column 1-based, 0 when unknown
 * @param path the key, such as {@code sources[1].weight}
 * @param message what is wrong, with the value, and what to do
 */
public record Problem(int line, int column, String path, String message) {

  /** Somewhere in a line. */
  public Problem(int line, String path, String message) {
    this(line, 0, path, message);
  }

  @Override
  public String toString() {
    return (line > 0 ? "line " + line + ": " : "") + (path.isEmpty() ? "" : path + ": ") + message;
  }
}
