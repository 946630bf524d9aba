package io.admix.engine.plan;

import io.admix.catalog.Actor;
import io.admix.core.recipe.Recipe;
import io.admix.engine.ConflictException;
import io.admix.engine.NotThereException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Plans of dry runs, sealed below the state folder and kept for {@code admix.keep-plans}; of one
 * owner the newest hundred (of the system the newest thousand). A plan is known by the SHA-256 of
 * its file, and only to those who may see its owner's. Safe for use by many threads.
 */
public interface KeptPlans {

  /**
   * Plans and keeps the plan: nothing is registered, no file is placed. The id of the dataset that
   * it is to become is drawn here, since its folder ({@code <data root>/<dataset id>}) is part of
   * the plan. A few are made at a time; more wait.
   *
   * @param recipe its target is not looked at; without a seed one is drawn
   * @throws InfeasibleException when sources cannot give what is asked
   * @throws PlanException for everything else that is wrong with the recipe; all problems at once
   * @throws ConflictException when so many wait already that it makes no sense to wait too
   */
  KeptPlan plan(Actor actor, Recipe recipe)
      throws IOException,
          InterruptedException,
          InfeasibleException,
          PlanException,
          ConflictException;

  /** A plan that is kept, and still whole by its size and head. */
  Optional<KeptPlan> find(Actor actor, String sha256);

  /**
   * A page of the very files that a kept plan chose.
   *
   * @param size 1 to {@link PlannedFiles#MOST}
   * @throws NotThereException as {@link #file}
   */
  PlannedFiles files(Actor actor, String sha256, long offset, int size)
      throws IOException, NotThereException, InvalidPlanException;

  /** What making it takes, beside what there is now. */
  PlanOutlook outlook(PlanSummary plan);

  /**
   * The plan's file, read from end to end: as it was sealed.
   *
   * @throws NotThereException when it is not kept (any more), or not the actor's to see
   * @throws InvalidPlanException when it was damaged; it is made again by the same recipe
   */
  Path file(Actor actor, String sha256) throws IOException, NotThereException, InvalidPlanException;
}
