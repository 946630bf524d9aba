package io.admix.cli;

import java.util.List;

/** A recipe that is not valid, as lines for people: where, what, and the line itself. */
final class RecipeRefusedException extends Exception {
  private final transient List<String> lines;

  RecipeRefusedException(List<String> lines) {
    super(String.join("\n", lines));
    this.lines = List.copyOf(lines);
  }

  List<String> lines() {
    return lines;
  }
}
