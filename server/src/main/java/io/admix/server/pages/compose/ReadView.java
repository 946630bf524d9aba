package io.admix.server.pages.compose;

import io.admix.core.recipe.Problem;
import java.util.List;

/** What is wrong with a text that was to be taken over. */
public record ReadView(List<Problem> problems) {
  public ReadView {
    problems = List.copyOf(problems);
  }
}
