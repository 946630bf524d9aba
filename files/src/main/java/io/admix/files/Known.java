package io.admix.files;

/** What the system says of a question, or that it cannot tell. */
public enum Known {
  YES,
  NO,
  UNKNOWN;

  public static Known of(boolean answer) {
    return answer ? YES : NO;
  }
}
