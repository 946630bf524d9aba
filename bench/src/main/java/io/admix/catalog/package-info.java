/** Benchmarks of what only the catalogue's own package sees. */
@NullMarked
package io.admix.catalog;

import org.jspecify.annotations.NullMarked;
