package io.admix.engine.recipe;

import io.admix.core.name.Printable;
import io.admix.core.recipe.Node;
import io.admix.core.recipe.Problem;
import java.util.List;

/** What a recipe must not say when it is sent to a service. */
final class SentRecipes {
  private SentRecipes() {}

  static void check(Node document, List<Problem> problems) {
    if (!(document instanceof Node.Mapping recipe)) {
      return;
    }
    if (recipe.entries().containsKey("target")) {
      problems.add(
          problem(
              recipe.keys().getOrDefault("target", recipe.place()),
              "target",
              "the service decides where a mix is made, below its data root: leave this key out"));
    }
    if (recipe.entries().get("sources") instanceof Node.Sequence sources) {
      for (int i = 0; i < sources.items().size(); i++) {
        checkSource(sources.items().get(i), "sources[" + i + "]", problems);
      }
    }
  }

  private static void checkSource(Node source, String at, List<Problem> problems) {
    if (source instanceof Node.Mapping mapping
        && mapping.entries().get("path") instanceof Node.Scalar path) {
      String text = path.text();
      if (text != null && !text.isEmpty() && !text.startsWith("/")) {
        problems.add(
            problem(
                path.place(),
                at + ".path",
                "must be absolute here, not `"
                    + Printable.of(text)
                    + "`: the service has no folder against which it could be meant"));
      }
    }
  }

  private static Problem problem(Node.Place place, String path, String message) {
    return new Problem(place.line(), place.column(), path, message);
  }
}
