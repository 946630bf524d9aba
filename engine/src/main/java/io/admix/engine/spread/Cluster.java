package io.admix.engine.spread;

import java.util.List;

/**
 * Executes batches somewhere: each at least once, by {@link BatchAttempt}, perhaps by several
 * attempts at one time. Safe for use by several threads.
 */
public interface Cluster {
  /** For the report: who places. */
  String inWords();

  /** As many batches can be worked on at one time, as far as it is known now. */
  int slots();

  /**
   * Begins to execute batches and returns at once. Of each that comes to an end one result is told;
   * that of no other attempt counts.
   */
  void begin(SpreadTask task, List<Long> batches, Results results);

  /** Whether nothing of this executor can be going on any more. */
  boolean isGone(String executor);

  /** Gives up all that was begun; returns at once. */
  void cancel();

  /** Hears what becomes of batches, on any thread; must be quick. */
  interface Results {
    void done(BatchResult result);

    /** Some batches will have no result: words for people. */
    void failed(String why);
  }
}
