package io.admix.engine.task;

/**
 * Receives what happens to one task, by one thread at a time. A listener that is slow misses
 * PROGRESS, never a STATE, and slows nobody else.
 */
public interface TaskListener {
  void event(TaskEvent event);

  /**
   * Nothing more will come: the task is over, deleted, or this engine closes. Not called after
   * {@link Watch#close}.
   */
  void ended();
}
