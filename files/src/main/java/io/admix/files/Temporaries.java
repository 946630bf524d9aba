package io.admix.files;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Names of half-made entries, {@code .admix-<random>.part}. A killed process can leave one behind;
 * it is never a planned name, because scans skip {@code .admix-*}.
 */
public final class Temporaries {
  private static final String SUFFIX = ".part";

  /**
   * So many names are gathered before they are deleted: deleting while listing is not defined on
   * every file system.
   */
  private static final int BATCH = 1_024;

  private Temporaries() {}

  /** A name that nothing else has taken, but for chance; make it exclusively. */
  public static String newName() {
    return Segments.OWN_PREFIX + Long.toHexString(ThreadLocalRandom.current().nextLong()) + SUFFIX;
  }

  public static boolean isTemporary(String name) {
    return name.startsWith(Segments.OWN_PREFIX) && name.endsWith(SUFFIX);
  }

  /**
   * Removes the temporaries that a killed run left directly in {@code folder}, which is in our own
   * staging with no worker in it.
   *
   * @return how many were removed
   */
  public static long removeFrom(Folder folder) throws Fault {
    long removed = 0;
    while (true) {
      List<String> found = some(folder);
      for (String name : found) {
        folder.deleteFile(name);
      }
      removed += found.size();
      if (found.size() < BATCH) {
        return removed;
      }
    }
  }

  private static List<String> some(Folder folder) throws Fault {
    List<String> found = new ArrayList<>();
    folder.list((name, kind) -> {
      if (name != null && isTemporary(name) && found.size() < BATCH) {
        found.add(name);
      }
    });
    return found;
  }
}
