package io.admix.files;

/**
 * What statx(2) tells of one entry, symbolic links not followed.
 *
 * @param device st_dev; it may change over reboots
 * @param modifiedNs nanoseconds since 1970
 * @param links number of hard links
 * @param mode permission bits
 * @param owner user id, -1 where the platform has none
 */
public record Stat(
    Kind kind,
    long device,
    long inode,
    long size,
    long modifiedNs,
    long links,
    int mode,
    long owner) {

  public enum Kind {
    REGULAR,
    DIRECTORY,
    SYMLINK,
    OTHER;

    /** For people: {@code a symbolic link}. */
    public String words() {
      return switch (this) {
        case REGULAR -> "a regular file";
        case DIRECTORY -> "a folder";
        case SYMLINK -> "a symbolic link";
        case OTHER -> "a FIFO, socket or device";
      };
    }
  }

  public boolean isRegular() {
    return kind == Kind.REGULAR;
  }

  /** Whether both are the same file now: device and inode. */
  public boolean isSameFile(Stat other) {
    return device == other.device && inode == other.inode;
  }
}
