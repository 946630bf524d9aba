package io.admix.engine.run;

import io.admix.catalog.CatalogException;
import io.admix.catalog.LeaseLostException;
import io.admix.catalog.Task;
import io.admix.catalog.Tasks;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Prolongs the lease of a running task every third of its length, and looks for a cancel more
 * often.
 *
 * <p>A worker asks {@link #check} before each file: it stops when half the lease has passed since
 * the last renewal that was confirmed. The other half is the margin before anybody else may take
 * over. Time is that of {@link System#nanoTime}, which goes on while the process is stopped by
 * SIGSTOP and does not jump with the wall clock.
 */
final class LeaseKeeper implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LeaseKeeper.class);
  private static final Duration LOOK = Duration.ofMillis(500);

  private final Tasks tasks;
  private final Tasks.Lease lease;
  private final Duration length;
  private final Halt halt;
  private final LongSupplier nanos;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread thread;
  private volatile long confirmedAt;

  LeaseKeeper(
      Tasks tasks,
      Tasks.Lease lease,
      Duration length,
      Halt halt,
      LongSupplier nanos,
      long acquiredAt) {
    this.tasks = tasks;
    this.lease = lease;
    this.length = length;
    this.halt = halt;
    this.nanos = nanos;
    this.confirmedAt = acquiredAt;
    this.thread = Thread.ofPlatform().name("admix-lease").daemon(true).unstarted(this::keep);
  }

  void start() {
    thread.start();
  }

  /** Asks to stop when this runner can no longer be sure of its lease. */
  void check() {
    long passed = nanos.getAsLong() - confirmedAt;
    if (passed > length.toNanos() / 2) {
      halt.ask(
          Halt.Kind.LEASE_LOST,
          true,
          "the lease was not confirmed for %.1f s (its length is %d s): another runner may take over"
              .formatted(passed / 1e9, length.toSeconds()));
    }
  }

  private void keep() {
    try {
      while (!closed.await(
          Math.min(LOOK.toMillis(), length.toMillis() / 6), TimeUnit.MILLISECONDS)) {
        step();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** One look: renews when it is time, else only reads whether a cancel was asked for. */
  void step() {
    long asked = nanos.getAsLong();
    try {
      if (asked - confirmedAt >= length.toNanos() / 3) {
        boolean cancel = tasks.renew(lease, length).cancelRequested();
        confirmedAt = asked;
        noteCancel(cancel);
      } else {
        noteCancel(tasks.byId(lease.taskId()).map(Task::cancelRequested).orElse(false));
      }
    } catch (LeaseLostException e) {
      halt.ask(Halt.Kind.LEASE_LOST, true, "another runner took this task over");
    } catch (CatalogException e) {
      LOG.warn(
          "The lease of task {} could not be renewed, trying again: {}",
          lease.taskId(),
          e.getMessage());
    }
    check();
  }

  private void noteCancel(boolean requested) {
    if (requested) {
      halt.ask(Halt.Kind.CANCELLED, false, "cancelled");
    }
  }

  @Override
  public void close() {
    closed.countDown();
    boolean interrupted = false;
    while (true) {
      try {
        thread.join();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
