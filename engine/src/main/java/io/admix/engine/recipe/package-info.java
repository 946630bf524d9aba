/** Reading recipes from YAML and JSON. */
@NullMarked
package io.admix.engine.recipe;

import org.jspecify.annotations.NullMarked;
