/** Rules of names and relative paths. */
@NullMarked
package io.admix.core.name;

import org.jspecify.annotations.NullMarked;
