package io.admix.server.v1;

import io.admix.engine.task.TaskEvent;
import io.admix.engine.task.TaskListener;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Between the engine, which must not wait, and a client, which may be slow: keeps every STATE, of
 * which a task has few, and only the last PROGRESS.
 */
final class EventQueue implements TaskListener {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final ArrayDeque<TaskEvent> states = new ArrayDeque<>();
  private @Nullable TaskEvent progress;
  private boolean isEnded;

  @Override
  public void event(TaskEvent event) {
    lock.lock();
    try {
      if (event.kind() == TaskEvent.Kind.STATE) {
        states.add(event);
        // What was told of the state before is no news any more.
        progress = null;
      } else {
        progress = event;
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void ended() {
    lock.lock();
    try {
      isEnded = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** The next event; null when none came in time, or none will come. */
  @Nullable TaskEvent next(long milliseconds) throws InterruptedException {
    lock.lock();
    try {
      long left = TimeUnit.MILLISECONDS.toNanos(milliseconds);
      while (states.isEmpty() && progress == null && !isEnded && left > 0) {
        left = changed.awaitNanos(left);
      }
      if (!states.isEmpty()) {
        return states.poll();
      }
      TaskEvent last = progress;
      progress = null;
      return last;
    } finally {
      lock.unlock();
    }
  }

  /** Whether everything was taken and nothing will come. */
  boolean isDone() {
    lock.lock();
    try {
      return isEnded && states.isEmpty() && progress == null;
    } finally {
      lock.unlock();
    }
  }
}
