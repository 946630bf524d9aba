package io.admix.files;

/**
 * The empty folder by which a final name is claimed where a rename cannot refuse to replace. Its
 * mode is given by mkdir itself and is one that nobody gives a folder, so that a claim that a
 * killed process left can be told from somebody else's folder.
 */
public final class Claim {
  /** Its owner may write, and nobody may look: {@code d-wx------}. */
  public static final int MODE = 0300;

  private static final int PERMISSIONS = 07777;

  private Claim() {}

  /**
   * Removes a claim that a killed process of the same owner left; rmdir removes no folder that
   * holds anything.
   *
   * @param staging the folder that is to have the name
   * @return false when what stands there is no claim, or nothing does: nothing was removed
   */
  public static boolean takeAway(Folder parent, String name, Stat staging) throws Fault {
    try {
      if (!isOf(staging, parent.stat(name))) {
        return false;
      }
    } catch (Fault e) {
      if (e.errno() == Errno.ENOENT) {
        return false;
      }
      throw e;
    }
    parent.deleteFolder(name);
    return true;
  }

  private static boolean isOf(Stat staging, Stat found) {
    return found.kind() == Stat.Kind.DIRECTORY
        && (found.mode() & PERMISSIONS) == MODE
        && found.owner() == staging.owner();
  }
}
