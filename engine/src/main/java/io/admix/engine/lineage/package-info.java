/** Where datasets come from and what became of them; where each file of a mix comes from. */
@NullMarked
package io.admix.engine.lineage;

import org.jspecify.annotations.NullMarked;
