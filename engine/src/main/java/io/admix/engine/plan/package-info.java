/** From a recipe to a sealed plan: spool, cut, names, canonical order, and the plan file. */
@NullMarked
package io.admix.engine.plan;

import org.jspecify.annotations.NullMarked;
