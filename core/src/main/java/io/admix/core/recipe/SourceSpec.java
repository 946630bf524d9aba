package io.admix.core.recipe;

/**
 * One source of a recipe.
 *
 * @param name unique in the recipe, one safe path segment
 */
public record SourceSpec(String name, Origin origin, Share share, Filter filter) {}
