package io.admix.engine.plan;

/** A file that is no plan of this version, was edited, or is cut short: refused, not guessed at. */
public final class InvalidPlanException extends Exception {
  public InvalidPlanException(String message) {
    super(message);
  }
}
