/** The plan: sealed entries, source file to target name, in canonical order. */
@NullMarked
package io.admix.core.plan;

import org.jspecify.annotations.NullMarked;
