package io.admix.engine;

/** What was asked for is not there, or may not be seen by who asks. Nothing was changed. */
public final class NotThereException extends RefusedException {
  public NotThereException(String problem) {
    super(problem);
  }
}
