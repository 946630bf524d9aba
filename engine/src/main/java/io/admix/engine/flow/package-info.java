/** Bounded streams between two threads. */
@NullMarked
package io.admix.engine.flow;

import org.jspecify.annotations.NullMarked;
