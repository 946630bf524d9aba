package io.admix.catalog;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A run as it is recorded: its receipt, its rows, its failures. */
public record RunRecord(Receipt receipt, List<Row> rows, List<FailureRecord> failures) {

  /**
   * One file of the target dataset.
   *
   * @param path below the target folder
   * @param sourceDataset with {@code sourceRow}, the row whose checksum, tags, tag time,
   *     annotation, metadata and file type are carried over; null for a folder's file. A row that
   *     is gone carries nothing.
   * @param modified of the file
   */
  public record Row(
      String path,
      long size,
      java.time.Instant modified,
      @Nullable String sourceDataset,
      @Nullable String sourceRow) {}
}
