package io.admix.catalog;

/**
 * What a scan saw.
 *
 * @param rows handed to the visitor
 * @param unsafePaths rows that were not handed out, because their path is outside the dataset's
 *     folder or not in normal form
 */
public record ScanSummary(long rows, long unsafePaths) {}
