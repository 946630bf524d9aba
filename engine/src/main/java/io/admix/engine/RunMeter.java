package io.admix.engine;

import io.admix.core.recipe.LinkMethod;
import io.admix.engine.report.MethodCount;
import java.time.Duration;
import java.util.Map;

/**
 * Is told what the tasks of an engine do, once for each batch that is recorded and never for each
 * file. Called by the threads that do the work: it must be quick and must not throw.
 */
public interface RunMeter {
  /** Counts nothing. */
  RunMeter NONE = new RunMeter() {};

  /** A transaction of finished runs was recorded. */
  default void recorded(Batch batch) {}

  /** The workers that place files are so many more, or fewer. */
  default void workers(int more) {}

  /**
   * What one transaction recorded.
   *
   * @param placed by the method that was used
   * @param failures by the reason's name
   * @param took the transaction itself
   */
  record Batch(Map<LinkMethod, MethodCount> placed, Map<String, Integer> failures, Duration took) {
    public Batch {
      placed = Map.copyOf(placed);
      failures = Map.copyOf(failures);
    }
  }
}
