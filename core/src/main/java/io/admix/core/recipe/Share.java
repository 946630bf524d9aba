package io.admix.core.recipe;

import java.math.BigDecimal;

/** How much of the mix one source gives. Exactly one kind per source. */
public sealed interface Share {
  /** An exact number of files, at least 1. */
  record Count(long files) implements Share {}

  /** An exact decimal percentage of the total, above 0 and at most 100. */
  record Percent(BigDecimal value) implements Share {}

  /** A positive weight: it divides what counts and percents leave. */
  record Weight(BigDecimal value) implements Share {}
}
