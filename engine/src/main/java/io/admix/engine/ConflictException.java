package io.admix.engine;

/**
 * What is there already forbids it: a name that is taken, a task that is finished or about to be.
 * Nothing was changed.
 */
public class ConflictException extends RefusedException {
  public ConflictException(String problem) {
    super(problem);
  }
}
