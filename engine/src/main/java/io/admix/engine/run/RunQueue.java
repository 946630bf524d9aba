package io.admix.engine.run;

import io.admix.engine.plan.PlanRun;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;

/**
 * Hands runs to workers: bounded, in plan order, and to no more than so many workers of one target
 * folder at a time, since links into one directory wait for its lock. A run whose folder is busy
 * waits, and the next one of another folder goes first. Safe for use by many threads.
 */
final class RunQueue {
  private final int capacity;
  private final int workersPerFolder;
  private final ArrayDeque<PlanRun> waiting = new ArrayDeque<>();

  /** Workers per folder just now: bounded by the number of workers. */
  private final Map<String, Integer> busy = new HashMap<>();

  private boolean ended;
  private boolean stopped;
  private int outstandingMax;

  /**
   * @param capacity runs that may wait
   */
  RunQueue(int capacity, int workersPerFolder) {
    this.capacity = capacity;
    this.workersPerFolder = workersPerFolder;
  }

  /**
   * Adds a run, waiting while the queue is full.
   *
   * @return false when the queue was stopped: the run was not taken
   */
  synchronized boolean put(PlanRun run) throws InterruptedException {
    while (waiting.size() >= capacity && !stopped) {
      wait();
    }
    if (stopped) {
      return false;
    }
    waiting.add(run);
    outstandingMax =
        Math.max(
            outstandingMax,
            waiting.size() + busy.values().stream().mapToInt(Integer::intValue).sum());
    notifyAll();
    return true;
  }

  /**
   * The next run whose folder is free, waiting for one; empty when there are no more or the queue
   * was stopped.
   */
  synchronized Optional<PlanRun> take() throws InterruptedException {
    while (!stopped) {
      Iterator<PlanRun> candidates = waiting.iterator();
      while (candidates.hasNext()) {
        PlanRun run = candidates.next();
        if (busy.getOrDefault(run.targetFolder(), 0) < workersPerFolder) {
          candidates.remove();
          busy.merge(run.targetFolder(), 1, Integer::sum);
          notifyAll();
          return Optional.of(run);
        }
      }
      if (ended && waiting.isEmpty()) {
        return Optional.empty();
      }
      wait();
    }
    return Optional.empty();
  }

  /** Frees the folder of a run that {@link #take} gave out. */
  synchronized void done(PlanRun run) {
    busy.computeIfPresent(
        run.targetFolder(), (folder, workers) -> workers == 1 ? null : workers - 1);
    notifyAll();
  }

  /** No more runs will be put. */
  synchronized void end() {
    ended = true;
    notifyAll();
  }

  /** Whoever waits returns with nothing; what waits is dropped. */
  synchronized void stop() {
    stopped = true;
    waiting.clear();
    notifyAll();
  }

  /** The most runs that were waiting or being placed at one time. */
  synchronized int outstandingMax() {
    return outstandingMax;
  }
}
