/** What operators ask: health, readiness, metrics. */
@NullMarked
package io.admix.server.ops;

import org.jspecify.annotations.NullMarked;
