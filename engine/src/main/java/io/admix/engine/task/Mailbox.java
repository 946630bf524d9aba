package io.admix.engine.task;

import java.util.ArrayDeque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one listener has not been told yet: every STATE, and the newest PROGRESS only. A thread of
 * its own tells it, so that a slow listener slows nobody.
 */
final class Mailbox implements Watch {
  private static final Logger LOG = LoggerFactory.getLogger(Mailbox.class);

  /** More than a task can have stored: a listener that is further behind is given up. */
  private static final int STATES_MAX = 1_000;

  private final TaskListener listener;
  private final Runnable whenClosed;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition filled = lock.newCondition();
  private final ArrayDeque<TaskEvent> states = new ArrayDeque<>();
  private @Nullable TaskEvent progress;
  private long offered;
  private long told;
  private boolean isOver;
  private boolean hasEnded;
  private boolean isClosed;

  /**
   * @param afterSeq what the listener knows already
   */
  Mailbox(long afterSeq, TaskListener listener, Runnable whenClosed) {
    this.offered = afterSeq;
    this.told = afterSeq;
    this.listener = listener;
    this.whenClosed = whenClosed;
  }

  void start(String taskId) {
    Thread.ofVirtual().name("admix-watch-" + taskId).start(this::tell);
  }

  /** Sequence number of the last STATE that was put in, or of what was known before. */
  long offered() {
    lock.lock();
    try {
      return offered;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Puts a STATE in, unless it is in already.
   *
   * @param over whether nothing follows unless somebody asks for it
   */
  void state(TaskEvent event, boolean over) {
    lock.lock();
    try {
      if (event.seq() <= offered) {
        return;
      }
      offered = event.seq();
      isOver = over;
      progress = null;
      states.add(event);
      isClosed |= states.size() > STATES_MAX;
      filled.signal();
    } finally {
      lock.unlock();
    }
  }

  void progress(TaskEvent event) {
    lock.lock();
    try {
      if (!isOver && offered > 0) {
        progress = event;
        filled.signal();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Nothing more comes. */
  void end() {
    lock.lock();
    try {
      hasEnded = true;
      filled.signal();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      isClosed = true;
      filled.signal();
    } finally {
      lock.unlock();
    }
    whenClosed.run();
  }

  private void tell() {
    try {
      for (TaskEvent next = next(); next != null; next = next()) {
        listener.event(next);
      }
      if (!isClosed()) {
        listener.ended();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException gone) {
      LOG.debug("A listener failed and hears no more", gone);
    } finally {
      close();
    }
  }

  private boolean isClosed() {
    lock.lock();
    try {
      return isClosed;
    } finally {
      lock.unlock();
    }
  }

  /** Null at the end. */
  private @Nullable TaskEvent next() throws InterruptedException {
    lock.lock();
    try {
      while (true) {
        if (isClosed) {
          return null;
        }
        TaskEvent state = states.poll();
        if (state != null) {
          told = state.seq();
          return state;
        }
        TaskEvent newest = progress;
        if (newest != null) {
          progress = null;
          return TaskEvents.withSeq(newest, told);
        }
        if (hasEnded) {
          return null;
        }
        filled.await();
      }
    } finally {
      lock.unlock();
    }
  }
}
