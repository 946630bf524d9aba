package io.admix.core.recipe;

import java.util.List;
import java.util.Locale;

/** One way of making a target entry out of a source file. */
public enum LinkMethod {
  /** A second name of the same inode: no bytes, and an edit of one is an edit of the other. */
  HARDLINK,
  /** A copy that shares blocks until one side is written (FICLONE). */
  REFLINK,
  /** A name that points at the source's path: it breaks when the source moves. */
  SYMLINK,
  /** A full copy of bytes, mode and times. */
  COPY;

  /** The order of the reference system: hard link, else symlink, else copy. */
  public static final List<LinkMethod> DEFAULT_ORDER = List.of(HARDLINK, SYMLINK, COPY);

  /** The word that recipes use for it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
