package io.admix.core.recipe;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Gathers what is wrong with a document, to tell it all at once. */
final class Problems {
  private record Found(Node.Place place, Problem problem) {}

  private final List<Found> found = new ArrayList<>();

  void add(Node.Place place, String path, String message) {
    found.add(new Found(place, new Problem(place.line(), place.column(), path, message)));
  }

  /** How many there are so far. */
  int count() {
    return found.size();
  }

  /**
   * Ends a validation.
   *
   * @throws InvalidRecipeException with every problem in document order, if there is one
   */
  void throwIfAny() {
    if (!found.isEmpty()) {
      throw new InvalidRecipeException(
          found.stream()
              .sorted(
                  Comparator.comparingInt((Found f) -> f.place.line())
                      .thenComparingInt(f -> f.place.column()))
              .map(Found::problem)
              .toList());
    }
  }
}
