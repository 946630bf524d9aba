package io.admix.engine.plan;

import io.admix.catalog.Actor;
import io.admix.catalog.Datasets;
import io.admix.engine.AllowedRoots;

/**
 * On whose behalf a recipe is planned.
 *
 * @param actor whose datasets its names mean: his own before the system's
 * @param roots below which its folders, and those of its datasets, must lie
 */
public record PlanScope(Actor actor, AllowedRoots roots) {
  /** Who works on the command line has every dataset and every folder that the process may read. */
  public static final PlanScope COMMAND = new PlanScope(Actor.SYSTEM, AllowedRoots.ANY);

  /** Whether the actor may see the dataset of this id; one that is not there he may not. */
  boolean maySee(Datasets datasets, String id) {
    return datasets.byId(id).filter(dataset -> actor.maySee(dataset.owner())).isPresent();
  }
}
