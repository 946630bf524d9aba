package io.admix.catalog;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A task to create.
 *
 * @param datasetType of the target dataset
 * @param name the dataset's
 * @param total asked for, or 0 when it is not known before planning
 * @param taskName what the task itself is called
 * @param origin who asks for it
 * @param ratio what DataMate's interface says beside, or null
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
    List<Relation> relations,
    String taskName,
    TaskOrigin origin,
    @Nullable Ratio ratio) {

  /** A task that DataMate's interface did not ask for. */
  public NewTask(
      String id,
      String name,
      String owner,
      String recipe,
      String recipeSha256,
      String targetPath,
      String datasetId,
      String datasetType,
      long total,
      List<Relation> relations,
      String taskName,
      TaskOrigin origin) {
    this(
        id,
        name,
        owner,
        recipe,
        recipeSha256,
        targetPath,
        datasetId,
        datasetType,
        total,
        relations,
        taskName,
        origin,
        null);
  }

  /** A command's task, called as its dataset. */
  public NewTask(
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
    this(
        id,
        name,
        owner,
        recipe,
        recipeSha256,
        targetPath,
        datasetId,
        datasetType,
        total,
        relations,
        name,
        TaskOrigin.COMMAND);
  }

  /**
   * One source, as DataMate's relation rows record it.
   *
   * @param datasetId null for a folder
   * @param share as written, such as {@code 50%}
   * @param filter DataMate's stored form of label and date range, as JSON
   */
  public record Relation(
      @Nullable String datasetId, String name, String share, @Nullable Long count, String filter) {}

  /**
   * What DataMate's interface says of a ratio task.
   *
   * @param description of the task, and of its dataset
   */
  public record Ratio(@Nullable String description) {}
}
