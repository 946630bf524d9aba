package io.admix.engine.export;

import io.admix.catalog.Dataset;
import java.io.Serializable;
import java.time.Instant;
import java.util.List;

/**
 * A dataset of an export.
 *
 * @param path absolute folder of its files, or the address of a prefix
 * @param kind FOREIGN where a path may have several rows
 * @param files as the catalogue counts them
 * @param bytes as the catalogue counts them
 * @param updatedAt of the catalogue, when it was read
 * @param unsafePaths rows that were left out, see {@link io.admix.catalog.ScanSummary}
 * @param unsafe the first paths of these
 * @param parts in the order of their rows; none when the dataset is empty
 */
public record ExportedDataset(
    String id,
    String name,
    String path,
    String type,
    Dataset.Kind kind,
    long files,
    long bytes,
    Instant updatedAt,
    long unsafePaths,
    List<String> unsafe,
    List<ExportPart> parts)
    implements Serializable {

  public ExportedDataset {
    unsafe = List.copyOf(unsafe);
    parts = List.copyOf(parts);
  }

  /** Rows of all parts. */
  public long rows() {
    return parts.stream().mapToLong(ExportPart::rows).sum();
  }
}
