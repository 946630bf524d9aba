/**
 * Which files are chosen. {@link io.admix.core.select.FilterMatcher} says which files match, {@link
 * io.admix.core.select.Ranker} orders them at random but reproducibly, and {@link
 * io.admix.core.select.CutFinder} finds the last one that a quota takes, in passes with fixed
 * memory.
 */
@NullMarked
package io.admix.core.select;

import org.jspecify.annotations.NullMarked;
