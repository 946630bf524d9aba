package io.admix.engine.run;

/**
 * Unwinds a running task that was asked to stop. Unchecked, so that it passes through the callbacks
 * of planner and catalogue; it never leaves this package.
 */
final class HaltedException extends RuntimeException {
  private final transient Halt.Reason reason;

  HaltedException(Halt.Reason reason) {
    super(reason.message(), null, false, false);
    this.reason = reason;
  }

  HaltedException(Halt.Kind kind, boolean resumable, String message) {
    this(new Halt.Reason(kind, resumable, message));
  }

  Halt.Reason reason() {
    return reason;
  }

  /** Whether another runner may hold the task. */
  boolean isLeaseLost() {
    return reason.kind() == Halt.Kind.LEASE_LOST;
  }

  /** The task cannot go on, now or ever. */
  static HaltedException failed(boolean resumable, String message) {
    return new HaltedException(Halt.Kind.FAILED, resumable, message);
  }
}
