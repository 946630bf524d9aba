package io.admix.engine.run;

/** A task was stopped from outside: a signal, a cancel, or another runner that took it over. */
public final class TaskInterruptedException extends Exception {
  private final String taskId;
  private final Cause cause;

  public TaskInterruptedException(String taskId, Cause cause, String message) {
    super(message);
    this.taskId = taskId;
    this.cause = cause;
  }

  public String taskId() {
    return taskId;
  }

  public Cause reason() {
    return cause;
  }

  /** Why it stopped. */
  public enum Cause {
    /** Ctrl-C, SIGTERM or the embedding program: resumable. */
    STOPPED,
    /** A cancel: what its plan made was removed. */
    CANCELLED,
    /** Another runner may hold the task: this one touches nothing more, and gives nothing back. */
    LEASE_LOST
  }
}
