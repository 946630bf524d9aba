package io.admix.spark;

import io.admix.catalog.Dataset;
import io.admix.core.recipe.Origin;
import io.admix.core.recipe.Recipe;
import io.admix.core.recipe.SourceSpec;
import io.admix.engine.Admix;
import io.admix.engine.RefusedException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Executors place between folders only: told before anything is made. */
final class Folders {
  private Folders() {}

  /**
   * @throws RefusedException naming every place that is in a store of objects
   */
  static void require(Recipe recipe, Admix admix) throws RefusedException {
    List<String> problems = new ArrayList<>();
    if (isOfObjects(recipe.target())) {
      problems.add("target: " + recipe.target());
    }
    for (SourceSpec source : recipe.sources()) {
      String path = path(source, admix);
      if (isOfObjects(path)) {
        problems.add("source '%s': %s".formatted(source.name(), path));
      }
    }
    if (!problems.isEmpty()) {
      problems.add(
          "Executors place files between folders only; admix run makes this mix. Nothing was made.");
      throw new RefusedException(problems);
    }
  }

  private static String path(SourceSpec source, Admix admix) {
    return switch (source.origin()) {
      case Origin.Folder folder -> folder.path();
      case Origin.Dataset dataset ->
          admix.datasets().list().stream()
              .filter(known -> known.name().equals(dataset.name()))
              .map(Dataset::path)
              .findFirst()
              .orElse("");
    };
  }

  private static boolean isOfObjects(@Nullable String path) {
    return path != null && path.startsWith("s3://");
  }
}
