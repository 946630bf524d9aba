/** From a sealed plan to a published dataset: runs, workers, rows, receipts, publish, recovery. */
@NullMarked
package io.admix.engine.run;

import org.jspecify.annotations.NullMarked;
