package io.admix.engine.plan;

import io.admix.core.recipe.Recipe;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a plan before its entries are written: its first line.
 *
 * @param recipeJson the recipe in normal form
 * @param folder absolute folder against which the recipe's relative paths were meant
 * @param target absolute final folder, or {@code s3://bucket/prefix/}
 * @param total files asked for in all
 * @param binding name of the source that limits {@code total: max}, or null
 */
record PlanHead(
    Recipe recipe,
    String recipeJson,
    String folder,
    String target,
    String zone,
    long total,
    @Nullable String binding,
    List<HeadSource> sources) {

  PlanHead {
    sources = List.copyOf(sources);
  }

  /**
   * A source: where its files are, its quota before any shortage, and its matches before overlap.
   */
  record HeadSource(PlanHeader.PlanSource source, long requested, long available) {}
}
