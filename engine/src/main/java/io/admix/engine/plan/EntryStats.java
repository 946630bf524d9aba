package io.admix.engine.plan;

import io.admix.core.plan.PlanEntry.Seen;
import io.admix.files.Fault;
import io.admix.files.FileAccess;
import io.admix.files.Folder;
import io.admix.files.LinkRules;
import io.admix.files.LinkRules.Verdict;
import io.admix.files.RealFiles;
import io.admix.files.Stat;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
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
  private final Function<PlanSourceInfo, LinkRules> rules;
  private final LinkJudge judge;
  private final RealFiles realFiles;
  private final @Nullable Folder[] roots;
  private final MissingFolders[] missing;
  private final LinkedHashMap<Key, Folder> open = new LinkedHashMap<>(16, 0.75f, true);
  private @Nullable Folder current;
  private int currentSource = -1;
  private String currentPath = "";
  private long changedSizes;
  private long refusedLinks;
  private long followedLinks;
  private @Nullable Stat last;
  private @Nullable String realPath;

  /** Tells whether a symbolic link of a source may lead to a file of that real path. */
  @FunctionalInterface
  interface LinkJudge {
    boolean allows(PlanSourceInfo source, Path real);
  }

  private record Key(int source, String folder) {}

  /**
   * @param access of the sources
   * @param rules by which hard links to files of a source are foreseen
   * @param realFiles of what symbolic links lead to, closed here
   */
  EntryStats(
      FileAccess access,
      List<PlanSourceInfo> sources,
      Function<PlanSourceInfo, LinkRules> rules,
      LinkJudge judge,
      RealFiles realFiles) {
    this.access = access;
    this.sources = sources;
    this.rules = rules;
    this.judge = judge;
    this.realFiles = realFiles;
    this.roots = new Folder[sources.size()];
    this.missing = new MissingFolders[sources.size()];
    Arrays.setAll(missing, i -> new MissingFolders());
  }

  /**
   * Looks at a file; {@link #size} tells its size then. A file that is not there, or is no regular
   * file, is seen as nothing. A symbolic link is resolved, once: what is seen is the regular file
   * that it leads to, where it may lead there, and {@link #realPath} tells which.
   */
  Seen look(int source, String folder, String name, long catalogued) {
    last = null;
    realPath = null;
    if (missing[source].isKnown(folder)) {
      return Seen.NOTHING;
    }
    try {
      Stat stat = folder(source, folder).stat(name);
      if (stat.kind() == Stat.Kind.SYMLINK) {
        stat = follow(sources.get(source), folder, name, stat);
      }
      if (!stat.isRegular()) {
        return Seen.NOTHING;
      }
      last = stat;
      changedSizes += stat.size() == catalogued ? 0 : 1;
      return new Seen(stat.inode(), stat.modifiedNs());
    } catch (Fault e) {
      return Seen.NOTHING;
    }
  }

  /**
   * Takes over what was seen of a file elsewhere, where nobody could tell whether a symbolic link
   * may lead where it leads. As {@link #look}; {@link #realPath} tells the rest, {@link #size} and
   * {@link #verdict} do not.
   */
  Seen takeOver(int source, PartLooks.Look look, long catalogued) {
    last = null;
    realPath = look.realPath();
    if (look.isRefused()
        || realPath != null && !judge.allows(sources.get(source), Path.of(realPath))) {
      realPath = null;
      refusedLinks++;
      return Seen.NOTHING;
    }
    if (!look.seen().isThere()) {
      return Seen.NOTHING;
    }
    followedLinks += realPath == null ? 0 : 1;
    changedSizes += look.size() == catalogued ? 0 : 1;
    return look.seen();
  }

  /** What a link leads to, or the link itself where it is not followed. */
  private Stat follow(PlanSourceInfo source, String folder, String name, Stat link) {
    try {
      Path real = RealFiles.resolve(source.root().folder().resolve(folder).resolve(name));
      String path = real.toString();
      if (RealFiles.isWrittenSo(path) && judge.allows(source, real)) {
        Stat stat = realFiles.folderOf(path).stat(RealFiles.nameOf(path));
        if (stat.isRegular()) {
          realPath = path;
          followedLinks++;
          return stat;
        }
      }
    } catch (Fault e) {
      // It leads nowhere, or to what cannot be seen.
    }
    refusedLinks++;
    return link;
  }

  /** The real path of the file that was looked at last, null when it was no symbolic link. */
  @Nullable String realPath() {
    return realPath;
  }

  /** Size of the file that was looked at last, or what the catalogue says when it was not there. */
  long size(long catalogued) {
    return last == null ? catalogued : last.size();
  }

  /** What is foreseen of a hard link to the file that was looked at last. */
  Verdict verdict(int source) {
    return last == null ? Verdict.FREE : rules.apply(sources.get(source)).of(last);
  }

  /** Symbolic links that lead to no regular file, or to one that may not be used. */
  long refusedLinks() {
    return refusedLinks;
  }

  /** Symbolic links whose file is taken. */
  long followedLinks() {
    return followedLinks;
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
      root = access.open(sources.get(source).root().folder());
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
    realFiles.close();
    open.values().forEach(Folder::close);
    for (Folder root : roots) {
      if (root != null) {
        root.close();
      }
    }
  }
}
