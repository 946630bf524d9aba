package io.admix.engine.task;

/** Somebody who watches a task. */
public interface Watch extends AutoCloseable {
  /** From now on the listener is not called; a call that is under way may still end. */
  @Override
  void close();
}
