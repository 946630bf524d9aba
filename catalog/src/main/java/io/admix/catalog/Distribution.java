package io.admix.catalog;

import java.time.Instant;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * How a dataset's files are spread.
 *
 * @param labels label to value to number of files, most frequent first; at most 1,000 values in all
 *     are kept by frequency, the rest is in {@code otherValues}, as are labels and values of over
 *     200 characters
 * @param sizes files by power of two of their size: element i counts sizes below 2^i and not below
 *     2^(i-1), element 0 empty files
 * @param days files by day of their modification, {@code 2025-06-01}, in order; empty when they are
 *     of more than {@link #DAYS_MAX} days
 * @param months files by month of their modification, {@code 2025-06}, in order
 */
public record Distribution(
    SequencedMap<String, SequencedMap<String, Long>> labels,
    long otherValues,
    long unlabelled,
    long[] sizes,
    SequencedMap<String, Long> days,
    SequencedMap<String, Long> months,
    @Nullable Instant oldest,
    @Nullable Instant newest) {

  /** So many different days are counted one by one. */
  public static final int DAYS_MAX = 100;
}
