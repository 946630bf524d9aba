package io.admix.files;

import java.util.Locale;

/** How a folder tells names apart, found out with a scratch folder in it. */
enum NameRule {
  /** Other bytes are another name. */
  BYTES,
  /** Names that differ only in case are one; it is listed as it was made. */
  FOLDED,
  /** Names that differ only in case are one, and nobody can tell as what it was made. */
  FOLDED_AND_LOST;

  /** Where it cannot be found out, names are compared with what is listed. */
  static NameRule of(Folder folder) {
    String probe = Temporaries.newName().replace(".part", "Aa.part");
    try {
      folder.makeFolder(probe);
      try {
        return ofMade(folder, probe);
      } finally {
        folder.deleteFolder(probe);
      }
    } catch (Fault e) {
      return FOLDED;
    }
  }

  private static NameRule ofMade(Folder folder, String probe) throws Fault {
    try {
      folder.stat(probe.toUpperCase(Locale.ROOT));
    } catch (Fault e) {
      if (e.errno() == Errno.ENOENT) {
        return BYTES;
      }
      throw e;
    }
    return lists(folder, probe) ? FOLDED : FOLDED_AND_LOST;
  }

  /** Whether what {@code folder} finds under {@code name} was made under exactly this name. */
  boolean isExact(Folder folder, String name) throws Fault {
    return switch (this) {
      case BYTES -> true;
      case FOLDED -> lists(folder, name);
      case FOLDED_AND_LOST -> false;
    };
  }

  private static boolean lists(Folder folder, String name) throws Fault {
    boolean[] found = new boolean[1];
    folder.list((entry, kind) -> found[0] |= name.equals(entry));
    return found[0];
  }
}
