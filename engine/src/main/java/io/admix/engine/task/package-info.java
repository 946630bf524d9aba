/** Tasks that a server runs in the background: submitted, queued fairly, watched, cancelled. */
@NullMarked
package io.admix.engine.task;

import org.jspecify.annotations.NullMarked;
