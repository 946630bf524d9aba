package io.admix.core.plan;

import org.jspecify.annotations.Nullable;

/**
 * One sealed entry of a plan.
 *
 * @param source index of its source in the plan's header
 * @param sourceFolder folder of the source file below the source's root, "" for the root itself
 * @param sourceName base name of the source file
 * @param targetFolder folder below the target, "" for the target itself
 * @param targetName base name to make
 * @param seen what stat showed when the plan was made, or {@link Seen#NOTHING}
 * @param rowId the catalogue row that it stands for, or null for a folder's file
 * @param realPath where the source file leads that is a symbolic link: the absolute real path of
 *     the file that is seen and placed; null for a file that is none
 */
public record PlanEntry(
    int source,
    String sourceFolder,
    String sourceName,
    String targetFolder,
    String targetName,
    long size,
    Seen seen,
    @Nullable String rowId,
    @Nullable String realPath) {

  /** An entry whose source file is no symbolic link. */
  public PlanEntry(
      int source,
      String sourceFolder,
      String sourceName,
      String targetFolder,
      String targetName,
      long size,
      Seen seen,
      @Nullable String rowId) {
    this(source, sourceFolder, sourceName, targetFolder, targetName, size, seen, rowId, null);
  }

  /**
   * What stat showed of the source file.
   *
   * @param inode 0 when the file was not there
   * @param modifiedNs nanoseconds since 1970
   */
  public record Seen(long inode, long modifiedNs) {
    /** The file was not there, or was not looked at. */
    public static final Seen NOTHING = new Seen(0, Long.MIN_VALUE);

    public boolean isThere() {
      return inode != 0;
    }
  }

  /** Path of the source file below its root. */
  public String sourcePath() {
    return join(sourceFolder, sourceName);
  }

  /** Path below the target. */
  public String targetPath() {
    return join(targetFolder, targetName);
  }

  private static String join(String folder, String name) {
    return folder.isEmpty() ? name : folder + "/" + name;
  }
}
