package io.admix.core.recipe;

/** What to do with a file that cannot be placed. */
public enum OnError {
  /** The task fails, resumable; nothing is published. */
  FAIL,
  /** The file is left out and reported. */
  SKIP,
  /** The source's next sealed reserve takes its place. */
  REPLACE
}
