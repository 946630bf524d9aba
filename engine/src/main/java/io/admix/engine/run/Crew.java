package io.admix.engine.run;

import io.admix.engine.RunMeter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads that place the files of one task: made when they are needed, never more than may work
 * at once. The queue tells how many of them do. Their number may change as long as any of them has
 * something to do.
 */
final class Crew {
  private static final Logger LOG = LoggerFactory.getLogger(Crew.class);

  private final RunQueue queue;
  private final Runnable work;
  private final RunMeter meter;
  private final ThreadFactory factory;
  private final List<Thread> threads = new ArrayList<>();
  private int allowed;
  private boolean isComplete;

  Crew(RunQueue queue, Runnable work, RunMeter meter) {
    this(queue, work, meter, Thread.ofPlatform().name("admix-place-", 0).factory());
  }

  Crew(RunQueue queue, Runnable work, RunMeter meter, ThreadFactory factory) {
    this.queue = queue;
    this.work = work;
    this.meter = meter;
    this.factory = factory;
  }

  /**
   * Lets so many work from now on; nothing changes once all have ended.
   *
   * @throws HaltedException when the system refuses even the first thread
   */
  synchronized void workers(int workers) {
    if (isComplete) {
      return;
    }
    meter.workers(workers - allowed);
    allowed = workers;
    queue.workers(workers);
    while (threads.size() < workers) {
      try {
        Thread thread = factory.newThread(work);
        thread.start();
        threads.add(thread);
      } catch (OutOfMemoryError e) {
        requireOne(e);
        LOG.warn(
            "Only {} of {} workers could be started: {}", threads.size(), workers, e.getMessage());
        return;
      }
    }
  }

  /** Where the system refuses threads, those that are there do the work. */
  private void requireOne(OutOfMemoryError refused) {
    if (threads.isEmpty()) {
      throw HaltedException.failed(
          true,
          "No thread could be started to place files (%s). Allow this process more threads or memory, then resume."
              .formatted(refused.getMessage()));
    }
  }

  /**
   * Waits until all have ended, which they do when the queue has, those that come meanwhile too.
   */
  void join() throws InterruptedException {
    for (Optional<Thread> next = alive(); next.isPresent(); next = alive()) {
      next.get().join();
    }
  }

  /** Workers must be gone before staging is published, cleaned or left to another runner. */
  void joinAll() {
    boolean interrupted = false;
    for (Optional<Thread> next = alive(); next.isPresent(); next = alive()) {
      try {
        next.get().join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Somebody to wait for; where there is nobody, nobody comes any more. */
  private synchronized Optional<Thread> alive() {
    Optional<Thread> alive = threads.stream().filter(Thread::isAlive).findFirst();
    if (alive.isEmpty() && !isComplete) {
      isComplete = true;
      meter.workers(-allowed);
    }
    return alive;
  }
}
