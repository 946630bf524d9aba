package io.admix.engine.run;

import io.admix.engine.pace.Sampler;
import io.admix.engine.pace.Window;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads counters twenty times a second, and tells of each window, on a thread of its own. */
final class Follower implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Follower.class);
  private static final long PERIOD_MS = 50;

  private final Supplier<Sampler.Sample> counters;
  private final IntSupplier workers;
  private final Consumer<Window> judge;
  private final int cpus;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread thread;

  /**
   * @param workers that may place just now; {@code judge} may change it
   */
  Follower(
      String taskId,
      Supplier<Sampler.Sample> counters,
      IntSupplier workers,
      int cpus,
      Consumer<Window> judge) {
    this.counters = counters;
    this.workers = workers;
    this.cpus = cpus;
    this.judge = judge;
    this.thread =
        Thread.ofPlatform()
            .name("admix-pace")
            .daemon(true)
            .unstarted(TaskLog.with(taskId, this::work));
  }

  void start() {
    thread.start();
  }

  private void work() {
    try {
      Sampler sampler = new Sampler(counters.get(), cpus);
      boolean isChanged = false;
      while (!closed.await(PERIOD_MS, TimeUnit.MILLISECONDS)) {
        Sampler.Sample now = counters.get();
        if (isChanged) {
          // Workers take a moment to come or go, which is not to be measured.
          sampler.restart(now);
          isChanged = false;
          continue;
        }
        int before = workers.getAsInt();
        Optional<Window> window = sampler.add(now, before);
        window.ifPresent(judge);
        isChanged = workers.getAsInt() != before;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      LOG.warn("The number of workers stays as it is: {}", e.toString(), e);
    }
  }

  /** No change comes after this. */
  @Override
  public void close() {
    closed.countDown();
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
