package io.admix.engine.task;

import io.admix.engine.RefusedException;

/** A task of DataMate's interface is called as one that the caller sees. Nothing was changed. */
public final class TaskNameUsedException extends RefusedException {
  public TaskNameUsedException(String problem) {
    super(problem);
  }
}
