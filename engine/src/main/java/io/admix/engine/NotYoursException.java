package io.admix.engine;

/** What is to be changed may be seen, but belongs to somebody else. Nothing was changed. */
public final class NotYoursException extends RefusedException {
  public NotYoursException(String problem) {
    super(problem);
  }
}
