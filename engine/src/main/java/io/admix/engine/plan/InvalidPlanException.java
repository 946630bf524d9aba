package io.admix.engine.plan;

/** A file that is no plan of this version, was edited, or is cut short: refused, not guessed at. */
public final class InvalidPlanException extends Exception {
  private final String message;

  public InvalidPlanException(String message) {
    super(message);
    this.message = message;
  }

  @Override
  public String getMessage() {
    return message;
  }
}
