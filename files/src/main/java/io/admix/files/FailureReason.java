package io.admix.files;

/** Why one file was not placed; the words stand in reports and JSON. */
public enum FailureReason {
  /** The source file or its folder is gone. */
  SOURCE_MISSING,
  /** It is no longer the file that the plan saw. */
  SOURCE_CHANGED,
  /** It may not be read. */
  SOURCE_UNREADABLE,
  /** A symbolic link, or a path that leaves its root. */
  UNSAFE_PATH,
  /** The target name holds something that is not ours. */
  CONFLICT,
  /** None of the allowed methods works here. */
  NO_METHOD,
  /** The device or file system failed on this file. */
  IO_ERROR,
  /**
   * A network file system dropped the open folder (ESTALE): open source and target again and place
   * again, three times in all.
   */
  STALE_HANDLE
}
