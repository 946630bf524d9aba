package io.admix.engine.run;

import io.admix.engine.RunMeter;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads that place the files of one task: made when they are needed, never more than may work
 * at once. The queue tells how many of them do.
 */
final class Crew {
  private static final Logger LOG = LoggerFactory.getLogger(Crew.class);

  private final RunQueue queue;
  private final Runnable work;
  private final RunMeter meter;
  private final List<Thread> threads = new ArrayList<>();
  private int allowed;
  private boolean isComplete;

  Crew(RunQueue queue, Runnable work, RunMeter meter) {
    this.queue = queue;
    this.work = work;
    this.meter = meter;
  }

  /** Lets so many work from now on. */
  synchronized void workers(int workers) {
    if (isComplete) {
      return;
    }
    meter.workers(workers - allowed);
    allowed = workers;
    queue.workers(workers);
    while (threads.size() < workers) {
      try {
        threads.add(Thread.ofPlatform().name("admix-place-" + threads.size()).start(work));
      } catch (OutOfMemoryError e) {
        // The system refuses threads: those that are there do the work.
        LOG.warn(
            "Only {} of {} workers could be started: {}", threads.size(), workers, e.getMessage());
        return;
      }
    }
  }

  /** Waits until all have ended, which they do when the queue has. No more are made. */
  void join() throws InterruptedException {
    for (Thread thread : complete()) {
      thread.join();
    }
  }

  /** Workers must be gone before staging is published, cleaned or left to another runner. */
  void joinAll() {
    boolean interrupted = false;
    for (Thread worker : complete()) {
      while (worker.isAlive()) {
        try {
          worker.join();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Nobody comes after those who are waited for. */
  private synchronized List<Thread> complete() {
    if (!isComplete) {
      isComplete = true;
      meter.workers(-allowed);
    }
    return List.copyOf(threads);
  }
}
