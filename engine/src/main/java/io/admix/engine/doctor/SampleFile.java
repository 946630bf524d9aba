package io.admix.engine.doctor;

import io.admix.files.Fault;
import io.admix.files.Folder;
import io.admix.files.Known;
import io.admix.files.Segments;
import io.admix.files.Stat;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A regular file found by a bounded walk: the smallest readable one of the first that are met.
 *
 * @param folder relative to the source
 */
record SampleFile(String folder, String name, Stat stat) {
  private static final int FILES_MAX = 64;
  private static final int FOLDERS_MAX = 1_000;
  private static final int ENTRIES_MAX = 10_000;

  String path() {
    return folder.isEmpty() ? name : folder + "/" + name;
  }

  /** What a walk gave: a file or null, and what hindered it. */
  record Found(@Nullable SampleFile file, long unreadable, boolean isCut) {}

  static Found find(Folder root) throws Fault, InterruptedException {
    return new Walk(root).run();
  }

  /** Breadth first, so that a deep tree is not searched before a flat one. */
  private static final class Walk {
    private final Folder root;
    private final Deque<String> folders = new ArrayDeque<>(List.of(""));
    private @Nullable SampleFile best;
    private int files;
    private int looked;
    private long unreadable;
    private boolean isCut;

    Walk(Folder root) {
      this.root = root;
    }

    Found run() throws Fault, InterruptedException {
      while (!folders.isEmpty() && files < FILES_MAX && looked < FOLDERS_MAX) {
        if (Thread.interrupted()) {
          throw new InterruptedException("looking for a file was interrupted");
        }
        looked++;
        look(folders.remove());
      }
      return new Found(best, unreadable, isCut || !folders.isEmpty());
    }

    private void look(String path) throws Fault {
      try (Folder folder = root.open(path)) {
        for (String name : names(folder)) {
          look(folder, path, name);
        }
      } catch (Fault e) {
        if (path.isEmpty()) {
          throw e;
        }
        unreadable++;
      }
    }

    private List<String> names(Folder folder) throws Fault {
      List<String> names = new ArrayList<>();
      folder.list((name, kind) -> {
        if (name != null && !name.startsWith(Segments.OWN_PREFIX) && names.size() < ENTRIES_MAX) {
          names.add(name);
        }
        isCut |= names.size() == ENTRIES_MAX;
      });
      return names;
    }

    private void look(Folder folder, String path, String name) throws Fault {
      if (files >= FILES_MAX) {
        return;
      }
      Stat stat = folder.stat(name);
      if (stat.kind() == Stat.Kind.DIRECTORY) {
        if (folders.size() < FOLDERS_MAX) {
          folders.add(path.isEmpty() ? name : path + "/" + name);
        }
      } else if (stat.isRegular()) {
        files++;
        if (folder.marks(name).readable() == Known.NO) {
          unreadable++;
        } else if (best == null || stat.size() < best.stat.size()) {
          best = new SampleFile(path, name, stat);
        }
      }
    }
  }
}
