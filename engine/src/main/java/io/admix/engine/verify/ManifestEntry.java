package io.admix.engine.verify;

import io.admix.core.recipe.LinkMethod;
import org.jspecify.annotations.Nullable;

/**
 * One published file.
 *
 * @param path below the dataset's folder
 * @param source name of the source that gave it
 * @param from path of the source file below its root
 * @param size of the source file in bytes
 * @param inode of the published entry; with {@code modifiedNs} its identity, that of the link
 *     itself for a symbolic link
 * @param sourceInode and {@code sourceModifiedNs}: the source file as it was taken
 * @param row id of the catalogue row that it stands for, or null
 * @param real where {@code from} led that is a symbolic link: absolute path of the file that was
 *     placed; null when it is none
 * @param object what was published where the dataset is a place of objects; {@code inode} and
 *     {@code modifiedNs} are 0 then; null for a file
 * @param sourceEtag entity tag of a source that is an object, as it was taken; null for a file
 */
public record ManifestEntry(
    String path,
    String source,
    String from,
    long size,
    LinkMethod method,
    long inode,
    long modifiedNs,
    long sourceInode,
    long sourceModifiedNs,
    @Nullable String row,
    @Nullable String real,
    @Nullable MadeObject object,
    @Nullable String sourceEtag) {

  /** A file made of a file. */
  public ManifestEntry(
      String path,
      String source,
      String from,
      long size,
      LinkMethod method,
      long inode,
      long modifiedNs,
      long sourceInode,
      long sourceModifiedNs,
      @Nullable String row,
      @Nullable String real) {
    this(
        path,
        source,
        from,
        size,
        method,
        inode,
        modifiedNs,
        sourceInode,
        sourceModifiedNs,
        row,
        real,
        null,
        null);
  }

  /** A file whose source is no symbolic link. */
  public ManifestEntry(
      String path,
      String source,
      String from,
      long size,
      LinkMethod method,
      long inode,
      long modifiedNs,
      long sourceInode,
      long sourceModifiedNs,
      @Nullable String row) {
    this(
        path,
        source,
        from,
        size,
        method,
        inode,
        modifiedNs,
        sourceInode,
        sourceModifiedNs,
        row,
        null);
  }

  /** Folder of the published file below the dataset's, "" for the dataset's own. */
  public String folder() {
    int slash = path.lastIndexOf('/');
    return slash < 0 ? "" : path.substring(0, slash);
  }

  public String name() {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  String fromFolder() {
    int slash = from.lastIndexOf('/');
    return slash < 0 ? "" : from.substring(0, slash);
  }

  String fromName() {
    return from.substring(from.lastIndexOf('/') + 1);
  }
}
