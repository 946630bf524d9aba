package io.admix.server.pages.tasks;

import io.admix.catalog.Task;
import io.admix.catalog.TaskOrigin;

/** A task's state as people are told it: with what it is at, or that it is being given up. */
public enum TaskState {
  WAITING("", true),
  STOPPED("warning", false),
  PLANNING("main", true),
  PLACING("main", true),
  PUBLISHING("main", true),
  CANCELLING("warning", true),
  COMPLETED("good", false),
  RESUMABLE("warning", false),
  FAILED("bad", false),
  CANCELLED("", false);

  private final String looks;
  private final boolean isLive;

  TaskState(String looks, boolean isLive) {
    this.looks = looks;
    this.isLive = isLive;
  }

  static TaskState of(Task task) {
    return switch (task.status()) {
      case PENDING -> isCommands(task) ? STOPPED : WAITING;
      case RUNNING -> task.cancelRequested() ? CANCELLING : running(task.phase());
      case COMPLETED -> COMPLETED;
      case FAILED -> task.resumable() ? RESUMABLE : FAILED;
      case CANCELLED -> CANCELLED;
    };
  }

  private static boolean isCommands(Task task) {
    return task.origin() == TaskOrigin.COMMAND;
  }

  private static TaskState running(Task.Phase phase) {
    return switch (phase) {
      case PLANNING -> PLANNING;
      case PLACING -> PLACING;
      case PUBLISHING, DONE -> PUBLISHING;
    };
  }

  /** The looks of its badge. */
  public String looks() {
    return looks;
  }

  /** Whether it may change by itself. */
  public boolean isLive() {
    return isLive;
  }

  /** Key of its words. */
  public String words() {
    return "tasks.state." + name();
  }
}
