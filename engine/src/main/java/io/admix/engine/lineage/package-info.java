/** Where datasets come from and what became of them; where each file of a mix comes from. */
@org.jspecify.annotations.NullMarked
package io.admix.engine.lineage;
