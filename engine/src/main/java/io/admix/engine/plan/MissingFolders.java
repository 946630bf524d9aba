package io.admix.engine.plan;

import io.admix.files.Errno;
import io.admix.files.Fault;
import io.admix.files.Folder;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Folders of one source that are known not to be there: a folder that is missing is asked for once,
 * not once for each of its files. When many are missing, the root is listed once, and what is not
 * among its entries is not asked for at all. Memory is fixed.
 */
final class MissingFolders {
  /** Misses before the root is listed: a look each is cheaper for fewer. */
  private static final int MISSES_MAX = 64;

  /** A root with more entries is not held. */
  private static final int LISTED_MAX = 4096;

  private @Nullable String last;
  private int misses;
  private @Nullable Set<String> listed;

  /** Whether a fault says something about the folder that is so for its next file too. */
  static boolean isLasting(Fault fault) {
    return fault.errno() == Errno.ENOENT
        || fault.errno() == Errno.ENOTDIR
        || fault.errno() == Errno.ELOOP;
  }

  /** Whether the folder, or one above it, is known to be missing. */
  boolean isKnown(String folder) {
    String missing = last;
    if (missing != null
        && folder.startsWith(missing)
        && (folder.length() == missing.length() || folder.charAt(missing.length()) == '/')) {
      return true;
    }
    Set<String> entries = listed;
    return entries != null && !folder.isEmpty() && !entries.contains(firstSegment(folder));
  }

  /** Notes that a folder below the root could not be opened. */
  void add(Folder root, String folder) {
    last = folder;
    misses++;
    if (misses == MISSES_MAX) {
      list(root);
    }
  }

  private void list(Folder root) {
    Set<String> names = new HashSet<>();
    int[] entries = {0};
    try {
      root.list((name, kind) -> {
        if (++entries[0] > LISTED_MAX) {
          throw new Fault("readdir", Errno.EOVERFLOW, root.path(), "more entries than are held");
        }
        if (name != null) {
          names.add(name);
        }
      });
      listed = names;
    } catch (Fault e) {
      // Too many, or not to be listed: each folder is asked for, as before.
      listed = null;
    }
  }

  private static String firstSegment(String folder) {
    int slash = folder.indexOf('/');
    return slash < 0 ? folder : folder.substring(0, slash);
  }
}
