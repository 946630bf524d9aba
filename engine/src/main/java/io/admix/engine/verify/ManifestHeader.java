package io.admix.engine.verify;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * First line of a manifest.
 *
 * @param dataset name
 * @param folder absolute folder of the published dataset, or {@code s3://bucket/prefix/}
 * @param inode of the published folder, or what the catalogue keeps in its place for a place of
 *     objects; 0 when it is not known
 * @param planSha256 selection hash of the plan that was executed
 */
public record ManifestHeader(
    String dataset,
    String datasetId,
    String taskId,
    String folder,
    long inode,
    long seed,
    String planSha256,
    List<Source> sources) {

  /**
   * Where a source's files were: the absolute folder, and the dataset's id unless it was a folder.
   */
  public record Source(String name, String root, @Nullable String datasetId) {}
}
