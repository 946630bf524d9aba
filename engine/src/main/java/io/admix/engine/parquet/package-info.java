/**
 * Parquet files of numbers and texts, written and read without a library: see {@link
 * io.admix.engine.parquet.ParquetWriter}.
 */
@NullMarked
package io.admix.engine.parquet;

import org.jspecify.annotations.NullMarked;
