package io.admix.catalog;

import java.time.LocalDateTime;
import org.jspecify.annotations.Nullable;

/**
 * A dataset's row with all that DataMate's own interface shows of it. Times are the database's
 * local times.
 *
 * @param dataset the same as the rest of the catalogue knows it
 * @param tags JSON, or null
 */
public record DataMateDataset(
    Dataset dataset,
    @Nullable String description,
    @Nullable String path,
    @Nullable String status,
    @Nullable Long files,
    @Nullable Long bytes,
    @Nullable Long retentionDays,
    @Nullable String tags,
    @Nullable LocalDateTime createdAt,
    @Nullable LocalDateTime updatedAt,
    @Nullable String createdBy,
    @Nullable String updatedBy) {

  /**
   * Which datasets are asked for; what is null does not narrow.
   *
   * @param keyword part of the name or the description, in its case
   * @param type exactly
   * @param status exactly
   */
  public record Query(
      @Nullable String keyword, @Nullable String type, @Nullable String status, PageRequest page) {}
}
