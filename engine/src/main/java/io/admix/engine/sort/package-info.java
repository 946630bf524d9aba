/** Sorting more records than memory holds: {@link io.admix.engine.sort.ExternalSorter}. */
@NullMarked
package io.admix.engine.sort;

import org.jspecify.annotations.NullMarked;
