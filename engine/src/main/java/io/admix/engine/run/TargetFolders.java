package io.admix.engine.run;

import io.admix.files.Errno;
import io.admix.files.Fault;
import io.admix.files.Folder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Makes the folders of one staging folder, each once, parents first. All below staging is ours, so
 * that a folder that is there already was made by an earlier attempt. Which ones were made is
 * remembered for the most recent ones only; a forgotten one costs a mkdir that answers EEXIST. Safe
 * for use by many threads.
 */
final class TargetFolders {
  private static final int REMEMBERED = 4096;

  private final Folder staging;
  private final Map<String, Boolean> made = new RecentNames();

  /** Folders that some thread is making just now: bounded by the workers. */
  private final ConcurrentHashMap<String, CompletableFuture<Void>> making =
      new ConcurrentHashMap<>();

  TargetFolders(Folder staging) {
    this.staging = staging;
  }

  Folder staging() {
    return staging;
  }

  /**
   * Opens a folder below staging, made if it is not there; a folder that went away is made again
   * once. The caller closes it.
   */
  Folder open(String relative) throws Fault {
    if (relative.isEmpty()) {
      return staging.open("");
    }
    make(relative);
    try {
      return staging.open(relative);
    } catch (Fault e) {
      if (e.errno() != Errno.ENOENT) {
        throw e;
      }
      forget(relative);
      make(relative);
      return staging.open(relative);
    }
  }

  /** Makes the folder and its parents where they are not there. */
  void make(String relative) throws Fault {
    if (relative.isEmpty() || isMade(relative)) {
      return;
    }
    CompletableFuture<Void> mine = new CompletableFuture<>();
    CompletableFuture<Void> other = making.putIfAbsent(relative, mine);
    if (other != null) {
      await(other);
      return;
    }
    try {
      if (!isMade(relative)) {
        makeOne(relative);
        remember(relative);
      }
      mine.complete(null);
    } catch (Fault e) {
      mine.completeExceptionally(e);
      throw e;
    } catch (RuntimeException | Error e) {
      mine.completeExceptionally(e);
      throw e;
    } finally {
      making.remove(relative);
    }
  }

  private void makeOne(String relative) throws Fault {
    int slash = relative.lastIndexOf('/');
    String parent = slash < 0 ? "" : relative.substring(0, slash);
    String name = relative.substring(slash + 1);
    make(parent);
    if (parent.isEmpty()) {
      makeIn(staging, name);
      return;
    }
    try (Folder folder = staging.open(parent)) {
      makeIn(folder, name);
    }
  }

  private static void makeIn(Folder parent, String name) throws Fault {
    try {
      parent.makeFolder(name);
    } catch (Fault e) {
      if (e.errno() != Errno.EEXIST) {
        throw e;
      }
    }
  }

  private static void await(CompletableFuture<Void> other) throws Fault {
    try {
      other.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof Fault fault) {
        throw fault;
      }
      throw e;
    }
  }

  private boolean isMade(String relative) {
    synchronized (made) {
      return made.get(relative) != null;
    }
  }

  private void remember(String relative) {
    synchronized (made) {
      made.put(relative, Boolean.TRUE);
    }
  }

  private void forget(String relative) {
    synchronized (made) {
      for (String path = relative;
          !path.isEmpty();
          path = path.substring(0, Math.max(0, path.lastIndexOf('/')))) {
        made.remove(path);
      }
    }
  }

  private static final class RecentNames extends LinkedHashMap<String, Boolean> {
    RecentNames() {
      super(64, 0.75f, true);
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
      return size() > REMEMBERED;
    }
  }
}
