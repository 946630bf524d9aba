package io.admix.engine.plan;

import io.admix.catalog.Dataset;
import io.admix.core.recipe.Recipe;
import io.admix.engine.place.Place;
import io.admix.engine.recipe.RecipeJson;
import java.io.Serializable;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What must be known of a plan where its parts are worked on. Sent there.
 *
 * @param recipe in normal form, with its seed
 * @param groups per part the group of the sources on its dataset
 */
record PartScope(String recipe, String zone, List<Source> sources, int[] groups)
    implements Serializable {

  /**
   * A source as the caller has resolved it.
   *
   * @param datasetId null for a folder, of which there are no parts
   * @param kind of the dataset
   * @param rootInode of the source's folder where the plan is made; 0 of a place of objects
   */
  record Source(
      String root,
      @Nullable String datasetId,
      @Nullable String datasetName,
      Dataset.@Nullable Kind kind,
      int group,
      int salt,
      long rootInode)
      implements Serializable {

    PlanSourceInfo info(int index, Recipe recipe) {
      Dataset dataset =
          datasetId == null || datasetName == null || kind == null
              ? null
              : new Dataset(
                  datasetId,
                  datasetName,
                  root,
                  "OTHER",
                  "ACTIVE",
                  kind,
                  0,
                  0,
                  Instant.EPOCH,
                  "",
                  Instant.EPOCH,
                  null);
      return new PlanSourceInfo(
          index, recipe.sources().get(index), Place.parse(root), dataset, group, salt);
    }
  }

  /** Whether there are parts of a source. */
  static boolean isSpread(PlanSourceInfo source) {
    return source.dataset() != null;
  }

  /** The same taken apart, where the work is done. */
  Opened open(int part) {
    Recipe read = RecipeJson.parse(recipe);
    List<PlanSourceInfo> all = new ArrayList<>();
    for (int i = 0; i < sources.size(); i++) {
      all.add(sources.get(i).info(i, read));
    }
    List<PlanSourceInfo> group =
        all.stream().filter(source -> source.group() == groups[part]).toList();
    return new Opened(read, all, group, ZoneId.of(zone));
  }

  /**
   * @param all sources of the recipe
   * @param group those on the part's dataset
   */
  record Opened(Recipe recipe, List<PlanSourceInfo> all, List<PlanSourceInfo> group, ZoneId zone) {
    long seed() {
      return Objects.requireNonNull(recipe.seed(), "the seed is drawn before planning");
    }

    RowMatcher.Rows kind() {
      Dataset dataset = group.getFirst().dataset();
      return dataset == null ? RowMatcher.Rows.ONE : RowMatcher.Rows.of(dataset);
    }
  }
}
