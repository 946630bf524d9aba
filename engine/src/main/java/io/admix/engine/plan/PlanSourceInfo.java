package io.admix.engine.plan;

import io.admix.catalog.Dataset;
import io.admix.core.recipe.SourceSpec;
import io.admix.engine.place.Place;
import io.admix.engine.plan.PlanHeader.PlanSource;
import org.jspecify.annotations.Nullable;

/**
 * A source of the recipe whose files were found.
 *
 * @param index in the recipe
 * @param root absolute folder, of a folder source its real path; or a place of objects
 * @param dataset null for a folder
 * @param group number of its dataset or folder: sources of one group can overlap
 * @param salt 1 for the first source of its group, 2 for the second, …
 */
record PlanSourceInfo(
    int index, SourceSpec spec, Place root, @Nullable Dataset dataset, int group, int salt) {

  /** What ranks know it by: a moved folder, or a dataset registered again, gives the same mix. */
  String identityName() {
    return dataset == null ? root.name() : dataset.name();
  }

  String name() {
    return spec.name();
  }

  PlanSource forHeader() {
    return new PlanSource(
        spec.name(),
        root.toString(),
        dataset == null ? null : dataset.id(),
        dataset == null ? null : dataset.name());
  }
}
