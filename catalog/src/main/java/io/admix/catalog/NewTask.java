package io.admix.catalog;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A task to create.
 *
 * @param datasetType of the target dataset
 * @param total asked for, or 0 when it is not known before planning
 */
public record NewTask(
    String id,
    String name,
    String owner,
    String recipe,
    String recipeSha256,
    String targetPath,
    String datasetId,
    String datasetType,
    long total,
    List<Relation> relations) {

  /**
   * One source, as DataMate's relation rows record it.
   *
   * @param datasetId null for a folder
   * @param share as written, such as {@code 50%}
   * @param filter DataMate's stored form of label and date range, as JSON
   */
  public record Relation(
      @Nullable String datasetId, String name, String share, @Nullable Long count, String filter) {}
}
