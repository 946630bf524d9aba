package io.admix.catalog;

import java.util.List;

/**
 * What publish commits.
 *
 * @param report the report as JSON
 * @param sources dataset ids that gave files, for lineage, and names for folders
 */
public record Publication(long files, long bytes, String report, List<LineageSource> sources) {

  /** One origin: a dataset id, or for a folder its path. */
  public record LineageSource(String id, String name, boolean isDataset) {}
}
