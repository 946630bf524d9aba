package io.admix.engine.run;

import org.slf4j.MDC;

/** Has every log line of a thread bear the id of the task that it works for. */
final class TaskLog {
  private static final String FIELD = "task";

  private TaskLog() {}

  /** The same work, for that task. */
  static Runnable with(String taskId, Runnable work) {
    return () -> {
      MDC.put(FIELD, taskId);
      try {
        work.run();
      } finally {
        MDC.remove(FIELD);
      }
    };
  }
}
