package io.admix.core.recipe;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A document that is no valid recipe. It carries every problem that was found, in document order.
 * Nothing was made.
 */
public final class InvalidRecipeException extends RuntimeException {
  private final List<Problem> problems;

  public InvalidRecipeException(List<Problem> problems) {
    super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
    this.problems = List.copyOf(problems);
  }

  public List<Problem> problems() {
    return problems;
  }
}
