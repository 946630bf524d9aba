package io.admix.engine.run;

import io.admix.engine.report.FailureReport;
import java.util.List;

/**
 * A task stopped before its end. What was placed stays in its staging folder, recorded, when {@link
 * #isResumable()}; otherwise it was removed.
 */
public final class TaskFailedException extends Exception {
  private final String taskId;
  private final boolean resumable;
  private final long placed;
  private final transient List<FailureReport> failures;

  public TaskFailedException(
      String taskId, String message, boolean resumable, long placed, List<FailureReport> failures) {
    super(message);
    this.taskId = taskId;
    this.resumable = resumable;
    this.placed = placed;
    this.failures = List.copyOf(failures);
  }

  public String taskId() {
    return taskId;
  }

  public boolean isResumable() {
    return resumable;
  }

  /** Files that are placed and recorded, by earlier attempts too. */
  public long placed() {
    return placed;
  }

  /** The first files that could not be placed; the message does not name them again. */
  public List<FailureReport> failures() {
    return failures;
  }
}
