/** Published files against manifest and sources. */
@NullMarked
package io.admix.engine.verify;

import org.jspecify.annotations.NullMarked;
