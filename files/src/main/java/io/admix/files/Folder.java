package io.admix.files;

import java.time.Instant;

/**
 * An open folder: every operation is relative to this handle. Names are single segments; relative
 * paths are segments joined by {@code /}, without {@code .} and {@code ..}, and are refused with
 * ELOOP or ENOTDIR when a segment is a symbolic link or no folder. A closed folder answers EBADF.
 * Safe for use by many threads.
 */
public interface Folder extends AutoCloseable {

  /** Path under which it was opened, for messages. */
  String path();

  /**
   * Identifies the mount (STATX_MNT_ID), for what can be done between two folders; the device where
   * mounts cannot be told.
   */
  long mountId();

  /**
   * Tells apart what one mount shows as several devices, as btrfs does with subvolumes, between
   * which there are no hard links; the mount itself where devices cannot be told.
   */
  default long deviceId() {
    return mountId();
  }

  /** Opens a folder below this one; the empty path opens this one again. */
  Folder open(String relative) throws Fault;

  /** Makes one folder, mode 0777 less umask. EEXIST is thrown, never taken for success. */
  void makeFolder(String name) throws Fault;

  Stat stat() throws Fault;

  Stat stat(String name) throws Fault;

  /**
   * The first bytes of a regular file, for a look at it.
   *
   * @param most bytes at most
   * @throws Fault ELOOP for a symbolic link, EINVAL for whatever else is no regular file
   */
  byte[] head(String name, int most) throws Fault;

  /**
   * SHA-256 of all bytes of a regular file: reads it from end to end.
   *
   * @throws Fault as {@link #head}
   */
  byte[] digest(String name) throws Fault;

  /** Text of a symbolic link. */
  String readLink(String name) throws Fault;

  /**
   * Makes a hard link here of {@code sourceName} in {@code source}; a symbolic link is linked
   * itself, not followed. Never replaces.
   */
  void link(Folder source, String sourceName, String name) throws Fault;

  /** Makes a symbolic link. Never replaces. */
  void symlink(String text, String name) throws Fault;

  /**
   * Makes a copy that shares blocks (FICLONE) under {@code name}, whole or not at all, mode and
   * times kept. Never replaces. EOPNOTSUPP where the platform has none. Throws {@link
   * SourceChangedException} when the source is not as expected before and after.
   */
  void reflink(Folder source, String sourceName, String name, Expected expected)
      throws Fault, SourceChangedException;

  /**
   * Copies bytes, mode and times under {@code name}: the name appears when the copy is whole, or
   * not at all; a temporary {@code .admix-…part} is removed on failure. Never replaces. Throws
   * {@link SourceChangedException} when the source is not as expected before and after.
   */
  void copy(Folder source, String sourceName, String name, Expected expected)
      throws Fault, SourceChangedException;

  void deleteFile(String name) throws Fault;

  /** Removes an empty folder. */
  void deleteFolder(String name) throws Fault;

  /**
   * Moves {@code name} to {@code newName} in {@code target}. Never replaces: EEXIST or ENOTEMPTY
   * when the name is taken. Where the file system has no atomic form (EINVAL, ENOSYS of renameat2),
   * a folder is published by making the new name first, which claims it, then renaming over that
   * empty folder; a process that is killed in between leaves the {@link Claim}.
   */
  void rename(String name, Folder target, String newName) throws Fault;

  /** Calls {@code visitor} for each entry in directory order, {@code .} and {@code ..} left out. */
  void list(Visitor visitor) throws Fault;

  /**
   * Makes the entries of this folder durable (fsync of the folder). Where that cannot be done, it
   * is a no-op.
   */
  void sync() throws Fault;

  /**
   * Makes everything written to this file system durable (syncfs). Where that cannot be done, files
   * were synced one by one.
   */
  void syncVolume() throws Fault;

  /** What the file system that holds this folder can say of itself. */
  Volume volume() throws Fault;

  /** The mount through which this folder is seen, as far as it can be told. */
  default MountFacts mount() throws Fault {
    return MountFacts.UNKNOWN;
  }

  /** What this folder carries beyond its {@link Stat}, as far as it can be told. */
  default Marks marks() throws Fault {
    return Marks.UNKNOWN;
  }

  /** What a regular file here carries beyond its {@link Stat}, as far as it can be told. */
  default Marks marks(String name) throws Fault {
    return Marks.UNKNOWN;
  }

  /** Bytes of its files, for what comes from or goes to elsewhere. */
  FileBytes bytes();

  /**
   * Which calls work in this folder. Only asked of a scratch folder: names are made in it and
   * removed.
   */
  default Abilities abilities() throws Fault {
    return Abilities.UNKNOWN;
  }

  @Override
  void close();

  /** Receives directory entries. */
  @FunctionalInterface
  interface Visitor {
    /**
     * @param name the entry's name, or null when its bytes are no UTF-8
     * @param kind what the directory says that it is; OTHER also when it does not say
     */
    void entry(@org.jspecify.annotations.Nullable String name, Stat.Kind kind) throws Fault;
  }

  /** What a source file must be when it is copied: size and modification time in nanoseconds. */
  record Expected(long inode, long size, long modifiedNs) {
    /** Whether {@code stat} is the regular file that was expected. */
    public boolean matches(Stat stat) {
      return stat.isRegular()
          && stat.inode() == inode
          && stat.size() == size
          && stat.modifiedNs() == modifiedNs;
    }

    /** For people: in what {@code stat} is not what was expected, the weightiest first. */
    public String difference(Stat stat) {
      return switch (stat.kind()) {
        case SYMLINK -> "a symbolic link stands in its place";
        case DIRECTORY -> "a folder stands in its place";
        case OTHER -> "what stands there now is no regular file";
        case REGULAR -> differenceOfFile(stat);
      };
    }

    private String differenceOfFile(Stat stat) {
      if (stat.inode() != inode) {
        return "another file stands in its place (inode %d, planned %d)"
            .formatted(stat.inode(), inode);
      }
      if (stat.size() != size) {
        return "it has %,d bytes, planned were %,d".formatted(stat.size(), size);
      }
      return "it was modified at %s, planned was %s"
          .formatted(instant(stat.modifiedNs()), instant(modifiedNs));
    }

    private static Instant instant(long nanos) {
      return Instant.EPOCH.plusNanos(nanos);
    }
  }
}
