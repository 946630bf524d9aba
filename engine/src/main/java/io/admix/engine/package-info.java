/** The engine behind every door: {@link io.admix.engine.Admix} opens it. */
@NullMarked
package io.admix.engine;

import org.jspecify.annotations.NullMarked;
