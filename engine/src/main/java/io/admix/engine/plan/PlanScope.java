package io.admix.engine.plan;

import io.admix.catalog.Actor;
import io.admix.catalog.Dataset;
import io.admix.catalog.Datasets;
import io.admix.engine.AllowedRoots;
import java.util.Optional;

/**
 * On whose behalf a recipe is planned.
 *
 * @param actor whose datasets its names mean: his own before the system's
 * @param roots below which its folders, and those of its datasets, must lie
 * @param isById whether its datasets are ids: DataMate's callers give no names, and a dataset may
 *     be named like another's id
 */
public record PlanScope(Actor actor, AllowedRoots roots, boolean isById) {
  /** Who works on the command line has every dataset and every folder that the process may read. */
  public static final PlanScope COMMAND = new PlanScope(Actor.SYSTEM, AllowedRoots.ANY);

  /** With datasets by name, else by id. */
  public PlanScope(Actor actor, AllowedRoots roots) {
    this(actor, roots, false);
  }

  /** The dataset that a recipe means. */
  Optional<Dataset> dataset(Datasets datasets, String nameOrId) {
    return isById ? datasets.resolveId(actor, nameOrId) : datasets.resolve(actor, nameOrId);
  }

  /** Whether the actor may see the dataset of this id; one that is not there he may not. */
  boolean maySee(Datasets datasets, String id) {
    return datasets.byId(id).filter(dataset -> actor.maySee(dataset.owner())).isPresent();
  }
}
