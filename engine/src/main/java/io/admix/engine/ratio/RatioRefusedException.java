package io.admix.engine.ratio;

import io.admix.engine.RefusedException;

/** A ratio task that is not made, for one of the reasons that DataMate knows. Nothing was made. */
public final class RatioRefusedException extends RefusedException {
  private final Reason reason;
  private final String subject;

  RatioRefusedException(Reason reason, String subject, String problem) {
    super(problem);
    this.reason = reason;
    this.subject = subject;
  }

  public Reason reason() {
    return reason;
  }

  /** The dataset's id, or the name without blanks around it. */
  public String subject() {
    return subject;
  }

  /** Why. */
  public enum Reason {
    /** A source is not there, or not for this actor. */
    NO_DATASET,
    NO_NAME,
    /** A task that the actor sees has the name, or the datasets that it could make are there. */
    NAME_TAKEN
  }
}
