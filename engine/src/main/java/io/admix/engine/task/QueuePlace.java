package io.admix.engine.task;

import io.admix.catalog.TaskQueue.Waiting;
import java.util.List;

/**
 * Where a task stands that waits.
 *
 * @param ownBefore tasks of the same owner that come first
 * @param atMostBefore tasks that come first if every other owner has his turn between them
 * @param waiting tasks that wait in all
 */
public record QueuePlace(long ownBefore, long atMostBefore, long waiting) {

  /** Owners take turns, so that each other one comes at most once between two of this one. */
  static QueuePlace of(String owner, List<Waiting> queue) {
    long own = queue.stream().filter(w -> w.owner().equals(owner)).mapToLong(Waiting::before).sum();
    long others =
        queue.stream()
            .filter(w -> !w.owner().equals(owner))
            .mapToLong(w -> Math.min(w.tasks(), own + 1))
            .sum();
    return new QueuePlace(own, own + others, queue.stream().mapToLong(Waiting::tasks).sum());
  }
}
