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
  private final transient List<FailureReport> failures;

  public TaskFailedException(
      String taskId, String message, boolean resumable, List<FailureReport> failures) {
    super(message);
    this.taskId = taskId;
    this.resumable = resumable;
    this.failures = List.copyOf(failures);
  }

  public String taskId() {
    return taskId;
  }

  public boolean isResumable() {
    return resumable;
  }

  public List<FailureReport> failures() {
    return failures;
  }
}
