/**
 * Rules of names and relative paths: which are safe ({@link io.admix.core.name.SafeNames}), how
 * they are ordered ({@link io.admix.core.name.Utf8}), numbered ({@link
 * io.admix.core.name.BaseName}), shown and guessed.
 */
@NullMarked
package io.admix.core.name;

import org.jspecify.annotations.NullMarked;
