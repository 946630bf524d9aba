package io.admix.engine.plan;

import io.admix.core.recipe.Recipe;
import io.admix.engine.place.Place;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * First line of a plan.
 *
 * @param recipe validated, with its seed
 * @param recipeJson the same in normal form
 * @param folder absolute folder against which the recipe's relative paths were meant
 */
public record PlanHeader(
    Recipe recipe,
    String recipeJson,
    String folder,
    PlanSummary summary,
    List<PlanSource> sources) {

  /**
   * Where a source's files are.
   *
   * @param root absolute folder, or {@code s3://bucket/prefix/}
   * @param datasetId and its name, null for a folder
   */
  public record PlanSource(
      String name, String root, @Nullable String datasetId, @Nullable String datasetName) {

    /** The root as a place. */
    public Place place() {
      return Place.parse(root);
    }
  }
}
