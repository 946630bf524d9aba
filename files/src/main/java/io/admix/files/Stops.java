package io.admix.files;

/**
 * The messages of faults that stop a task: what happened, with values; what to do; what was left.
 */
final class Stops {
  /** Below this a full disk is short of blocks: file systems keep a few for themselves. */
  private static final long BYTES_SLACK = 64 * 1024;

  private static final String LEFT = " What was placed stays and is recorded.";

  private Stops() {}

  /** ENOSPC has three causes, and only the volume's figures tell them apart. */
  static PlacingStoppedException full(Entry entry, Fault fault) {
    return full(entry.target(), entry.targetPath(), entry.expected().size(), fault);
  }

  /**
   * @param path what was being made
   * @param size of the file, 0 for a folder
   */
  static PlacingStoppedException full(Folder target, String path, long size, Fault fault) {
    return new PlacingStoppedException(
        whatRanOut(target, path, size, fault) + " Make room, then resume." + LEFT, true, fault);
  }

  private static String whatRanOut(Folder target, String path, long size, Fault fault) {
    Volume volume;
    try {
      volume = target.volume();
    } catch (Fault e) {
      fault.addSuppressed(e);
      return path + ": no space left: " + fault.getMessage() + ".";
    }
    String where =
        path
            + " ("
            + fault.errno()
            + " on "
            + volume.type()
            + ", "
            + volume.bytesFree()
            + " bytes and "
            + (volume.inodesFree() < 0 ? "uncounted" : volume.inodesFree())
            + " inodes free)";
    if (volume.inodesFree() == 0) {
      return where + ": the inodes ran out.";
    }
    if (volume.bytesFree() < size + BYTES_SLACK) {
      return where + ": the bytes ran out" + (size > 0 ? "; this file has " + size : "") + ".";
    }
    return where
        + ": the volume said that it is full, while bytes and inodes are free now: the directory index is full (the sharded layout helps), or room was made meanwhile.";
  }

  static PlacingStoppedException unwritable(Entry entry, Fault fault) {
    return new PlacingStoppedException(
        entry.target().path()
            + " takes no more entries: "
            + fault.getMessage()
            + ". Make it writable again (rights, quota, a mount that is read-only), then resume; or cancel, and choose another target."
            + LEFT,
        true,
        fault);
  }

  static PlacingStoppedException targetGone(Entry entry, Fault fault) {
    return new PlacingStoppedException(
        entry.target().path()
            + " was moved or removed while files were placed in it. Find out by whom and bring it back, then resume, or cancel the task; a removed staging folder is never made again.",
        true,
        fault);
  }

  static PlacingStoppedException exhausted(Entry entry, Fault fault) {
    return new PlacingStoppedException(
        entry.targetPath()
            + ": the system stayed short of a resource: "
            + fault.getMessage()
            + ". Raise its limit or lower the concurrency, then resume."
            + LEFT,
        true,
        fault);
  }

  static PlacingStoppedException unknownResult(Entry entry, Fault fault) {
    return new PlacingStoppedException(
        entry.targetPath()
            + " was made, but cannot be checked or removed: "
            + fault.getMessage()
            + ". Resume settles it."
            + LEFT,
        true,
        fault);
  }
}
