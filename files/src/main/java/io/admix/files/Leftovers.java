package io.admix.files;

import org.jspecify.annotations.Nullable;

/**
 * Removes files that an interrupted run made below our own staging and nobody recorded: whether
 * their bytes ever reached the disk cannot be told, and so they are made again. Safe for use by
 * many threads; of one staging folder.
 */
public final class Leftovers {
  private final Runnable stillOurs;
  private volatile @Nullable NameRule names;

  /**
   * @param stillOurs asked before every deletion; throws when another runner may hold the task
   */
  public Leftovers(Runnable stillOurs) {
    this.stillOurs = stillOurs;
  }

  /**
   * Removes a regular file that has no other name. Where a folder takes two names for one, only
   * what is listed under exactly this name is removed.
   *
   * @return null when the name is free now, else what stands there and stays
   */
  public @Nullable Stat remove(Folder folder, String name) throws Fault {
    Stat there;
    try {
      there = folder.stat(name);
      if (!there.isRegular() || there.links() != 1 || !names(folder).isExact(folder, name)) {
        return there;
      }
      stillOurs.run();
      folder.deleteFile(name);
      return null;
    } catch (Fault e) {
      if (e.errno() == Errno.ENOENT) {
        return null;
      }
      throw e;
    }
  }

  private NameRule names(Folder folder) {
    NameRule known = names;
    if (known == null) {
      known = NameRule.of(folder);
      names = known;
    }
    return known;
  }
}
