package io.admix.engine.run;

import io.admix.catalog.Task;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells a listener ten times a second how far the task is, from one thread of its own, so that a
 * slow listener slows nobody.
 */
final class ProgressTeller implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ProgressTeller.class);
  private static final long PERIOD_MS = 100;

  private final RunProgress.Listener listener;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread thread =
      Thread.ofPlatform().name("admix-progress").daemon(true).unstarted(this::work);
  private volatile Supplier<RunProgress> source = () -> step(Task.Phase.PLANNING, "starting", 0);

  ProgressTeller(RunProgress.Listener listener) {
    this.listener = listener;
  }

  void start() {
    thread.start();
  }

  /** From now on progress is asked from {@code now}. */
  void from(Supplier<RunProgress> now) {
    source = now;
  }

  /** A step that has no files to count against. */
  static RunProgress step(Task.Phase phase, String step, long files) {
    return new RunProgress(phase, step, files, 0, 0, 0, 0, 0, 0);
  }

  private void work() {
    try {
      do {
        tell();
      } while (!closed.await(PERIOD_MS, TimeUnit.MILLISECONDS));
      tell();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void tell() {
    try {
      listener.progress(source.get());
    } catch (RuntimeException e) {
      LOG.warn("The progress listener failed: {}", e.toString());
    }
  }

  @Override
  public void close() {
    closed.countDown();
    boolean interrupted = Thread.interrupted();
    try {
      thread.join(TimeUnit.SECONDS.toMillis(2));
    } catch (InterruptedException e) {
      interrupted = true;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
