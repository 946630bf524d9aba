/** What a person or a program is told at the end. */
@NullMarked
package io.admix.engine.report;

import org.jspecify.annotations.NullMarked;
