package io.admix.catalog;

import java.time.LocalDateTime;
import org.jspecify.annotations.Nullable;

/**
 * A ratio task as DataMate's table tells it, whoever wrote the row. Times are the database's local
 * times.
 *
 * @param status as shown: a task of ours that was cancelled is FAILED here
 * @param target its dataset, null when that is gone or may not be seen
 * @param task what Admix itself knows of it, null for a row of DataMate's own
 */
public record RatioInstance(
    String id,
    @Nullable String name,
    @Nullable String description,
    @Nullable String status,
    @Nullable Long totals,
    @Nullable String targetDatasetId,
    @Nullable LocalDateTime createdAt,
    @Nullable LocalDateTime updatedAt,
    @Nullable Target target,
    @Nullable State task) {

  /** The dataset that it makes or made. */
  public record Target(
      String id,
      String name,
      String type,
      @Nullable String status,
      @Nullable Long files,
      @Nullable Long bytes) {}

  /**
   * How far a task of ours is.
   *
   * @param filesTotal files of its plan, 0 before there is one
   * @param files placed and recorded so far
   * @param error what stopped it, for people, or null
   */
  public record State(
      Task.Status status,
      Task.Phase phase,
      boolean resumable,
      boolean cancelRequested,
      long filesTotal,
      long files,
      long bytes,
      @Nullable String error) {}

  /**
   * One source of a ratio task.
   *
   * @param filterConditions in DataMate's stored form, or whatever was written there
   */
  public record Relation(
      @Nullable String datasetId, @Nullable Long counts, @Nullable String filterConditions) {}
}
