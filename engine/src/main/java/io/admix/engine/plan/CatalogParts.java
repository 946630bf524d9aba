package io.admix.engine.plan;

import io.admix.catalog.ScanSummary;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Datasets of a catalogue whose rows were written into parts. The rows of all parts of a dataset
 * stand in the order of folder, then base name, as bytes; the rows of one file are neighbours in
 * one part.
 *
 * @param name of it all, for people: the folder of an export
 */
public record CatalogParts(String name, List<PartDataset> datasets) {
  public CatalogParts {
    datasets = List.copyOf(datasets);
  }

  /**
   * One dataset as it was when its rows were written.
   *
   * @param isUnique whether each file has one row
   * @param updatedAt files and bytes: as the catalogue told
   * @param skipped rows that were left out since their paths are unsafe
   * @param parts in their order
   */
  public record PartDataset(
      String id,
      String name,
      String path,
      boolean isUnique,
      long files,
      long bytes,
      Instant updatedAt,
      ScanSummary skipped,
      List<Part> parts) {
    public PartDataset {
      parts = List.copyOf(parts);
    }

    long rows() {
      return parts.stream().mapToLong(Part::rows).sum();
    }
  }

  /**
   * One part.
   *
   * @param name of its file
   */
  public record Part(String name, long rows) {}

  Optional<PartDataset> dataset(String id) {
    return datasets.stream().filter(dataset -> dataset.id().equals(id)).findFirst();
  }
}
