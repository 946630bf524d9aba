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
 * @param etag entity tag of a source that is an object, with its quotes as its store gives it; null
 *     for a file
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
    @Nullable String realPath,
    @Nullable String etag) {

  /** An entry whose source is a file. */
  public PlanEntry(
      int source,
      String sourceFolder,
      String sourceName,
      String targetFolder,
      String targetName,
      long size,
      Seen seen,
      @Nullable String rowId,
      @Nullable String realPath) {
    this(
        source,
        sourceFolder,
        sourceName,
        targetFolder,
        targetName,
        size,
        seen,
        rowId,
        realPath,
        null);
  }

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
    this(source, sourceFolder, sourceName, targetFolder, targetName, size, seen, rowId, null, null);
  }

  /**
   * What stat showed of the source file, or the listing of the source object.
   *
   * @param inode 0 when the file was not there, {@value #OBJECT} of an object
   * @param modifiedNs nanoseconds since 1970
   */
  public record Seen(long inode, long modifiedNs) {
    /** In place of an inode: a listing showed an object. No file has it. */
    public static final long OBJECT = -1;

    /** The file was not there, or was not looked at. */
    public static final Seen NOTHING = new Seen(0, Long.MIN_VALUE);

    /** What a listing told of an object. */
    public static Seen ofObject(long modifiedNs) {
      return new Seen(OBJECT, modifiedNs);
    }

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
