package io.admix.engine.plan;

import io.admix.core.plan.PlanEntry.Seen;
import io.admix.files.Fault;
import io.admix.files.FileAccess;
import io.admix.files.Folder;
import io.admix.files.LinkRules.Verdict;
import io.admix.files.Stat;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Looks at chosen files of datasets, folder by folder: in canonical order a source folder is opened
 * once for all its files. Used by one thread.
 */
final class EntryStats implements AutoCloseable {
  /** Handles that are open: a sharded target goes through many folders again and again. */
  private static final int OPEN_MAX = 256;

  private final FileAccess access;
  private final List<PlanSourceInfo> sources;
  private final MethodForecasts forecasts;
  private final @Nullable Folder[] roots;
  private final MissingFolders[] missing;
  private final LinkedHashMap<Key, Folder> open = new LinkedHashMap<>(16, 0.75f, true);
  private @Nullable Folder current;
  private int currentSource = -1;
  private String currentPath = "";
  private long changedSizes;
  private long symbolicLinks;
  private @Nullable Stat last;

  private record Key(int source, String folder) {}

  EntryStats(FileAccess access, List<PlanSourceInfo> sources, MethodForecasts forecasts) {
    this.access = access;
    this.sources = sources;
    this.forecasts = forecasts;
    this.roots = new Folder[sources.size()];
    this.missing = new MissingFolders[sources.size()];
    Arrays.setAll(missing, i -> new MissingFolders());
  }

  /**
   * Looks at a file; {@link #size} tells its size then. A file that is not there, or is no regular
   * file, is seen as nothing.
   */
  Seen look(int source, String folder, String name, long catalogued) {
    last = null;
    if (missing[source].isKnown(folder)) {
      return Seen.NOTHING;
    }
    try {
      Stat stat = folder(source, folder).stat(name);
      if (!stat.isRegular()) {
        symbolicLinks += stat.kind() == Stat.Kind.SYMLINK ? 1 : 0;
        return Seen.NOTHING;
      }
      last = stat;
      changedSizes += stat.size() == catalogued ? 0 : 1;
      return new Seen(stat.inode(), stat.modifiedNs());
    } catch (Fault e) {
      return Seen.NOTHING;
    }
  }

  /** Size of the file that was looked at last, or what the catalogue says when it was not there. */
  long size(long catalogued) {
    return last == null ? catalogued : last.size();
  }

  /** What is foreseen of a hard link to the file that was looked at last. */
  Verdict verdict(int source) {
    return last == null ? Verdict.FREE : forecasts.rules(sources.get(source)).of(last);
  }

  /** Files that were symbolic links: none is followed. */
  long symbolicLinks() {
    return symbolicLinks;
  }

  /** Files whose size is not what the catalogue says. */
  long changedSizes() {
    return changedSizes;
  }

  private Folder folder(int source, String path) throws Fault {
    Folder folder = current;
    // The object is the same along a folder: texts are decoded once per folder.
    if (folder == null || source != currentSource || !path.equals(currentPath)) {
      current = null;
      folder = find(source, path);
      current = folder;
      currentSource = source;
      currentPath = path;
    }
    return folder;
  }

  private Folder find(int source, String path) throws Fault {
    Folder root = roots[source];
    if (root == null) {
      root = access.open(sources.get(source).root());
      roots[source] = root;
    }
    if (path.isEmpty()) {
      return root;
    }
    Key key = new Key(source, path);
    Folder found = open.get(key);
    if (found == null) {
      found = open(root, key);
      open.put(key, found);
      evict();
    }
    return found;
  }

  private Folder open(Folder root, Key key) throws Fault {
    try {
      return root.open(key.folder());
    } catch (Fault e) {
      if (MissingFolders.isLasting(e)) {
        missing[key.source()].add(root, key.folder());
      }
      throw e;
    }
  }

  private void evict() {
    if (open.size() > OPEN_MAX) {
      Iterator<Map.Entry<Key, Folder>> eldest = open.entrySet().iterator();
      eldest.next().getValue().close();
      eldest.remove();
    }
  }

  @Override
  public void close() {
    open.values().forEach(Folder::close);
    for (Folder root : roots) {
      if (root != null) {
        root.close();
      }
    }
  }
}
