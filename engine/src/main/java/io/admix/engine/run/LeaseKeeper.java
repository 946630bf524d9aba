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
 * <p>A worker asks {@link #check} before each file: when half the lease has passed since the last
 * renewal that was confirmed it waits, and goes on once a renewal is confirmed, which proves that
 * nobody took over. When the whole lease has passed so, the task stops. The second half is the
 * margin before anybody else may take over. Time is that of {@link System#nanoTime}, which goes on
 * while the process is stopped by SIGSTOP and does not jump with the wall clock.
 */
final class LeaseKeeper implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LeaseKeeper.class);
  private static final Duration LOOK = Duration.ofMillis(500);
  private static final long WAIT_MS = 50;
  private static final String TAKEN_OVER = "another runner took this task over";

  private final Tasks tasks;
  private final Tasks.Lease lease;
  private final Duration length;
  private final Halt halt;
  private final LongSupplier nanos;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Object confirmed = new Object();
  private final Thread thread;
  private volatile long confirmedAt;
  private volatile boolean takenOver;
  private volatile String fault = "";

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
    this.thread =
        Thread.ofPlatform()
            .name("admix-lease")
            .daemon(true)
            .unstarted(TaskLog.with(lease.taskId(), this::keep));
  }

  void start() {
    thread.start();
  }

  /**
   * Returns when this runner is sure of its lease, or has been asked to stop: ask {@link Halt}
   * after it.
   */
  void check() {
    if (unconfirmed() <= length.toNanos() / 2) {
      return;
    }
    synchronized (confirmed) {
      while (unconfirmed() > length.toNanos() / 2 && !halt.isAsked()) {
        stopWhenOver();
        try {
          confirmed.wait(WAIT_MS);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          halt.ask(Halt.Kind.STOPPED, true, "interrupted while the lease was not confirmed");
        }
      }
    }
  }

  /**
   * For the one step that must not be done twice, whatever else was asked meanwhile.
   *
   * @throws HaltedException when another runner may hold the task
   */
  void require() {
    check();
    if (takenOver || unconfirmed() > length.toNanos() / 2) {
      throw new HaltedException(
          Halt.Kind.LEASE_LOST, true, takenOver ? TAKEN_OVER : overInWords(unconfirmed()));
    }
  }

  /** Whether {@link #check} would return at once. */
  boolean isSure() {
    return !takenOver && unconfirmed() <= length.toNanos() / 2;
  }

  private long unconfirmed() {
    return nanos.getAsLong() - confirmedAt;
  }

  private void stopWhenOver() {
    long passed = unconfirmed();
    if (passed > length.toNanos()) {
      halt.ask(Halt.Kind.LEASE_LOST, true, overInWords(passed));
    }
  }

  private String overInWords(long passed) {
    String why = fault;
    return "the lease was not confirmed for %.1f s (its length is %d s): another runner may take over.%s What was placed stays in staging, what was recorded stays recorded; run the same command again to go on"
        .formatted(passed / 1e9, length.toSeconds(), why.isEmpty() ? "" : " " + why);
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
        confirm(asked);
        noteCancel(cancel);
      } else {
        noteCancel(tasks.byId(lease.taskId()).map(Task::cancelRequested).orElse(false));
      }
    } catch (LeaseLostException e) {
      takenOver = true;
      halt.ask(Halt.Kind.LEASE_LOST, true, TAKEN_OVER);
    } catch (CatalogException e) {
      fault = String.valueOf(e.getMessage());
      LOG.warn(
          "The lease of task {} could not be renewed, trying again: {}",
          lease.taskId(),
          e.getMessage());
    }
    stopWhenOver();
  }

  private void confirm(long asked) {
    synchronized (confirmed) {
      confirmedAt = asked;
      confirmed.notifyAll();
    }
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
