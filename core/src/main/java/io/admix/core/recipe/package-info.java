/** What a person asks for: the recipe, its parts, and the checks at the boundary. */
@NullMarked
package io.admix.core.recipe;

import org.jspecify.annotations.NullMarked;
