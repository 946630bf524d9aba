package io.admix.engine.recipe;

import io.admix.core.recipe.Recipe;
import java.nio.file.Path;

/**
 * A valid recipe and where it came from.
 *
 * @param folder absolute folder against which its relative paths are meant
 */
public record RecipeDocument(Recipe recipe, Path folder) {}
