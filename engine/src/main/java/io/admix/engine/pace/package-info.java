/** How many workers place files at once: found by measuring, and remembered. */
@NullMarked
package io.admix.engine.pace;

import org.jspecify.annotations.NullMarked;
