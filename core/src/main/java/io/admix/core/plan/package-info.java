/**
 * The plan: sealed entries, source file to target name, in canonical order ({@link
 * io.admix.core.plan.PlanOrder}), and the hash that names what was selected ({@link
 * io.admix.core.plan.SelectionHash}).
 */
@NullMarked
package io.admix.core.plan;

import org.jspecify.annotations.NullMarked;
