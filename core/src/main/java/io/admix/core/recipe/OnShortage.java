package io.admix.core.recipe;

/** What to do when a source has fewer matching files than its quota. */
public enum OnShortage {
  /** Nothing is made; the report names each source, asked and available. */
  FAIL,
  /** The source gives all that it has; the mix is smaller. */
  TAKE_ALL,
  /** Percents and weights of the others take over in proportion; a count is never raised. */
  REDISTRIBUTE
}
