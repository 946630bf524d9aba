package io.admix.engine.plan;

import io.admix.core.recipe.Recipe;
import io.admix.engine.place.Place;
import java.nio.file.Path;
import java.time.ZoneId;

/**
 * What to plan.
 *
 * @param recipe with its seed
 * @param folder against which relative source paths are meant
 * @param target absolute, normalised final folder, or a place of objects
 * @param targetCheck whether the target must not be there yet
 * @param scope on whose behalf
 */
public record PlanRequest(
    Recipe recipe,
    Path folder,
    Place target,
    ZoneId zone,
    TargetCheck targetCheck,
    PlanScope scope) {

  /** A plan for a target folder. */
  public PlanRequest(
      Recipe recipe,
      Path folder,
      Path target,
      ZoneId zone,
      TargetCheck targetCheck,
      PlanScope scope) {
    this(recipe, folder, Place.of(target), zone, targetCheck, scope);
  }

  /** A plan of the command line. */
  public PlanRequest(
      Recipe recipe, Path folder, Path target, ZoneId zone, TargetCheck targetCheck) {
    this(recipe, folder, target, zone, targetCheck, PlanScope.COMMAND);
  }

  /** A plan of the command line for a target that must be free. */
  public PlanRequest(Recipe recipe, Path folder, Path target, ZoneId zone) {
    this(recipe, folder, target, zone, TargetCheck.MUST_BE_FREE);
  }

  /** The same with another expectation of the target. */
  public PlanRequest withTargetCheck(TargetCheck check) {
    return new PlanRequest(recipe, folder, target, zone, check, scope);
  }

  /** What is expected of the target. */
  public enum TargetCheck {
    /** A target that is there is a problem. */
    MUST_BE_FREE,
    /** The caller knows what is there. */
    LEFT_TO_CALLER
  }
}
