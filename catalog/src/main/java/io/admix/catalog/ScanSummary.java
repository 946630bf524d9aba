package io.admix.catalog;

import java.util.List;

/**
 * What a scan saw.
 *
 * @param rows handed to the visitor
 * @param unsafePaths rows that were not handed out, because their path is outside the dataset's
 *     folder, not in normal form, or reserved (a segment that begins with {@code .admix-})
 * @param unsafe the first of these paths, at most {@value #UNSAFE_SHOWN}
 */
public record ScanSummary(long rows, long unsafePaths, List<String> unsafe) {
  static final int UNSAFE_SHOWN = 5;
}
