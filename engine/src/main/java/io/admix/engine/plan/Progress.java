package io.admix.engine.plan;

import java.util.concurrent.CancellationException;

/** Counts files and tells now and then; stops planning when the thread was interrupted. */
final class Progress {
  private static final int EVERY = 1 << 15;

  private final PlanProgress listener;
  private String step = "";
  private long files;

  Progress(PlanProgress listener) {
    this.listener = listener;
  }

  void step(String name) {
    step = name;
    files = 0;
    listener.at(step, 0);
  }

  void hasRead() {
    listener.hasRead();
  }

  /** Told now and then while nothing can be counted. */
  void waiting() {
    listener.at(step, files);
    if (Thread.currentThread().isInterrupted()) {
      throw new CancellationException("interrupted");
    }
  }

  /** Counts several files. */
  void count(long several) {
    files += several;
    listener.at(step, files);
  }

  /**
   * @throws CancellationException when the thread was interrupted; {@link Planner} makes an
   *     InterruptedException of it
   */
  void count() {
    files++;
    if (files % EVERY == 0) {
      listener.at(step, files);
      if (Thread.currentThread().isInterrupted()) {
        throw new CancellationException("interrupted");
      }
    }
  }
}
