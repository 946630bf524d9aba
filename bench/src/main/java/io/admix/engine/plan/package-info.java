/** Benchmarks of what only the planner's own package sees. */
@NullMarked
package io.admix.engine.plan;

import org.jspecify.annotations.NullMarked;
