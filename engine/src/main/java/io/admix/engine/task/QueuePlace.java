package io.admix.engine.task;

import io.admix.catalog.TaskQueue.Waiting;
import java.util.List;

/**
 * Where a task stands that waits.
 *
 * @param ownBefore tasks of the same owner that come first
 * @param atMostBefore tasks that may start first of those that wait now
 * @param waiting tasks that wait in all
 */
public record QueuePlace(long ownBefore, long atMostBefore, long waiting) {

  /**
   * Turns are for owners of whom fewest tasks run: of whoever has nothing running each other one is
   * served at most once before. While a task of his runs, those whose tasks end sooner may be
   * served again and again.
   *
   * @param hasRunning whether a task of the owner's runs
   */
  static QueuePlace of(String owner, List<Waiting> queue, boolean hasRunning) {
    long own = queue.stream().filter(w -> w.owner().equals(owner)).mapToLong(Waiting::before).sum();
    long turns = own > 0 || hasRunning ? Long.MAX_VALUE : 1;
    long others =
        queue.stream()
            .filter(w -> !w.owner().equals(owner))
            .mapToLong(w -> Math.min(w.tasks(), turns))
            .sum();
    return new QueuePlace(own, own + others, queue.stream().mapToLong(Waiting::tasks).sum());
  }
}
