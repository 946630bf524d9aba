package io.admix.engine.export;

import java.io.Serializable;
import java.time.Instant;
import java.util.List;

/**
 * What an export holds.
 *
 * @param exportedAt when the reading of the catalogue began
 * @param catalogue {@code sqlite} or {@code postgresql}
 * @param datasets by name
 */
public record ExportManifest(Instant exportedAt, String catalogue, List<ExportedDataset> datasets)
    implements Serializable {
  public ExportManifest {
    datasets = List.copyOf(datasets);
  }

  /** Rows of all datasets. */
  public long rows() {
    return datasets.stream().mapToLong(ExportedDataset::rows).sum();
  }

  /** Bytes of all parts. */
  public long bytes() {
    return datasets.stream()
        .flatMap(dataset -> dataset.parts().stream())
        .mapToLong(ExportPart::bytes)
        .sum();
  }
}
