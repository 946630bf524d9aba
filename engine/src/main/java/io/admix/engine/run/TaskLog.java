package io.admix.engine.run;

import org.slf4j.MDC;

/** Has every log line of a thread bear the id of the task that it works for. */
final class TaskLog {
  private static final String FIELD = "task";

  private TaskLog() {}

  /** From now on this thread works for that task. */
  static void begin(String taskId) {
    MDC.put(FIELD, taskId);
  }

  static void end() {
    MDC.remove(FIELD);
  }

  /** The same work, for that task. */
  static Runnable with(String taskId, Runnable work) {
    return () -> {
      begin(taskId);
      try {
        work.run();
      } finally {
        end();
      }
    };
  }
}
