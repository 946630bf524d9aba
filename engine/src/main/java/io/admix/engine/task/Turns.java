package io.admix.engine.task;

import io.admix.catalog.TaskQueue.Candidate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Whose turn it is: the owner of whom fewest tasks run, then the one who was served longest ago,
 * then the oldest task. So whoever queues ten tasks delays another by one at most.
 */
final class Turns {
  private Turns() {}

  /**
   * The candidates that may be run now, the next one first.
   *
   * @param isFree whether a candidate waits, or its runner is gone
   */
  static List<Candidate> order(
      List<Candidate> candidates, Predicate<Candidate> isFree, Instant now) {
    Map<Boolean, List<Candidate>> byFreedom = new HashMap<>();
    for (Candidate candidate : candidates) {
      byFreedom.computeIfAbsent(isFree.test(candidate), free -> new ArrayList<>()).add(candidate);
    }
    Map<String, Integer> running = new HashMap<>();
    byFreedom
        .getOrDefault(false, List.of())
        .forEach(held -> running.merge(held.owner(), 1, Integer::sum));
    return byFreedom.getOrDefault(true, List.of()).stream()
        .filter(candidate -> isRested(candidate, now))
        .sorted(
            Comparator.<Candidate>comparingInt(c -> running.getOrDefault(c.owner(), 0))
                .thenComparing(Candidate::servedAt)
                .thenComparing(Candidate::taskId))
        .toList();
  }

  /** A task whose runners die one after the other is tried ever more rarely. */
  private static boolean isRested(Candidate candidate, Instant now) {
    Duration rest = Duration.ofSeconds(candidate.runner() == null ? 0 : candidate.takeovers());
    return !now.isBefore(candidate.updatedAt().plus(rest));
  }
}
