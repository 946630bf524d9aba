package io.admix.core.recipe;

/** How many files the whole mix has. */
public sealed interface Total {
  /** Exactly so many. */
  record Fixed(long files) implements Total {}

  /** The largest mix that keeps the ratio. */
  record Max() implements Total {}

  /** Not written: the sum of the counts; a recipe with percents or weights must say its total. */
  record OfCounts() implements Total {}
}
