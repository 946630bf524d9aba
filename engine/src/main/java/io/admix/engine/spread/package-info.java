/**
 * Placing on other machines: batches of runs go out as Parquet files, receipts come back as Parquet
 * files, in a folder that all of them share. Knows of no cluster but by {@link
 * io.admix.engine.spread.Cluster}.
 */
@NullMarked
package io.admix.engine.spread;

import org.jspecify.annotations.NullMarked;
