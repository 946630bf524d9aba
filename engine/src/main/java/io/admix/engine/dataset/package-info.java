/** Registering folders as datasets. */
@NullMarked
package io.admix.engine.dataset;

import org.jspecify.annotations.NullMarked;
