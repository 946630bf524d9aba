package io.admix.server.pages.compose;

import io.admix.catalog.Dataset;
import java.util.List;

/**
 * Datasets that a search found, the first few.
 *
 * @param query what was searched for
 * @param total found in all
 */
public record DatasetsFound(String query, List<Dataset> datasets, long total) {
  public DatasetsFound {
    datasets = List.copyOf(datasets);
  }
}
