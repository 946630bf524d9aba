package io.admix.engine.run;

import io.admix.files.Fault;
import io.admix.files.Folder;
import io.admix.files.Stat;
import io.admix.files.Temporaries;
import java.util.ArrayList;
import java.util.List;

/** Walks over all folders of a staging folder; each holds the names of one level's folders. */
final class StagingWalk {
  private StagingWalk() {}

  /** Removes what a killed run left half-made. */
  static void removeTemporaries(Folder here) throws Fault {
    List<String> folders = new ArrayList<>();
    List<String> probes = new ArrayList<>();
    boolean[] found = new boolean[1];
    here.list((entry, kind) -> {
      if (entry != null && Temporaries.isTemporary(entry)) {
        found[0] = true;
        if (isFolder(here, entry, kind)) {
          probes.add(entry);
        }
      } else if (entry != null && isFolder(here, entry, kind)) {
        folders.add(entry);
      }
    });
    for (String probe : probes) {
      here.deleteFolder(probe);
    }
    if (found[0]) {
      Temporaries.removeFrom(here);
    }
    for (String below : folders) {
      try (Folder next = here.open(below)) {
        removeTemporaries(next);
      }
    }
  }

  /** Entries but folders. */
  static long countFiles(Folder here) throws Fault {
    List<String> folders = new ArrayList<>();
    long[] files = new long[1];
    here.list((entry, kind) -> {
      if (entry != null && isFolder(here, entry, kind)) {
        folders.add(entry);
      } else {
        files[0]++;
      }
    });
    for (String below : folders) {
      try (Folder next = here.open(below)) {
        files[0] += countFiles(next);
      }
    }
    return files[0];
  }

  /** Some file systems do not tell kinds while listing. */
  private static boolean isFolder(Folder here, String entry, Stat.Kind kind) throws Fault {
    return kind == Stat.Kind.DIRECTORY
        || kind == Stat.Kind.OTHER && here.stat(entry).kind() == Stat.Kind.DIRECTORY;
  }
}
