package io.admix.engine.plan;

/** What earlier sources leave to each, after a {@link Walk}. */
interface Leaves {
  /** Matches that earlier sources leave to each source. */
  long[] left();
}
