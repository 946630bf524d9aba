/** Which files are chosen: filters, rank, histogram and cut. */
@NullMarked
package io.admix.core.select;

import org.jspecify.annotations.NullMarked;
