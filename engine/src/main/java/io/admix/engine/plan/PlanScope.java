package io.admix.engine.plan;

import io.admix.catalog.Actor;
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
}
