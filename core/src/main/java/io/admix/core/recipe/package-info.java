/**
 * What a person asks for: the recipe and its parts. {@link io.admix.core.recipe.RecipeValidator} is
 * the only way from a document to a recipe, {@link io.admix.core.recipe.RecipeWriter} the way back
 * to its normal form.
 */
@NullMarked
package io.admix.core.recipe;

import org.jspecify.annotations.NullMarked;
