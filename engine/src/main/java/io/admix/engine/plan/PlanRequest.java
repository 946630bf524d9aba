package io.admix.engine.plan;

import io.admix.core.recipe.Recipe;
import java.nio.file.Path;
import java.time.ZoneId;

/**
 * What to plan.
 *
 * @param recipe with its seed
 * @param folder against which relative source paths are meant
 * @param target absolute, normalised final folder
 */
public record PlanRequest(Recipe recipe, Path folder, Path target, ZoneId zone) {}
