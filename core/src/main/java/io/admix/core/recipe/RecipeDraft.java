package io.admix.core.recipe;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A recipe document that may be unfinished, as far as it is good.
 *
 * @param asked how much of what, or null while that is not settled: a share is missing, a sum does
 *     not come out, a filter is no good. What else may be wrong ({@code problems}) does not change
 *     it; without a good name it is called anything.
 * @param sources those that are mappings at all
 * @param problems in document order; none when the document is a recipe, which is {@code asked}
 *     then
 */
public record RecipeDraft(@Nullable Recipe asked, List<Source> sources, List<Problem> problems) {

  public RecipeDraft {
    sources = List.copyOf(sources);
    problems = List.copyOf(problems);
  }

  /** Whether the document is a recipe. */
  public boolean isFinished() {
    return problems.isEmpty();
  }

  /**
   * One source of it; null is what is missing or wrong.
   *
   * @param index in the document's list
   */
  public record Source(
      int index, @Nullable Origin origin, @Nullable Share share, @Nullable Filter filter) {}
}
