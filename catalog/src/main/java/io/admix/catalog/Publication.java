package io.admix.catalog;

import java.util.List;

/**
 * What publish commits.
 *
 * @param report the report as JSON
 * @param reportWithoutLineage what is stored instead when the lineage cannot be recorded
 * @param sources dataset ids that gave files, for lineage, and names for folders
 */
public record Publication(
    long files,
    long bytes,
    String report,
    String reportWithoutLineage,
    List<LineageSource> sources) {

  /** With one report for both. */
  public Publication(long files, long bytes, String report, List<LineageSource> sources) {
    this(files, bytes, report, report, sources);
  }

  /** One origin: a dataset id, or for a folder its path. */
  public record LineageSource(String id, String name, boolean isDataset) {}
}
