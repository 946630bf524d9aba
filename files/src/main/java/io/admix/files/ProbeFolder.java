package io.admix.files;

import io.admix.core.name.ByteCount;
import io.admix.core.recipe.LinkMethod;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A scratch folder, {@code .admix-doctor-…}, in which is tried what can be done between a source
 * and the folder that it stands in. Nothing is made anywhere else, and nothing stays: closing
 * removes the folder, and that of a process that was killed is removed by the next probe beside it.
 * A trial of a hard link raises the link count of the source file for a moment, which changes its
 * ctime and nothing else. Used by one thread.
 */
public final class ProbeFolder implements AutoCloseable {
  private static final String FILE = "file";
  private static final String STAGING = "staging";
  private static final String FINAL = "final";

  /** All folders that a probe makes, those of {@link Folder#abilities} too. */
  private static final List<String> FOLDERS = List.of(STAGING, FINAL, "probe", "probed");

  /** A larger file is not linked on trial where that copies it. */
  private static final long COPY_UP_MAX = 1 << 20;

  private final Folder parent;
  private final String name;
  private final Folder folder;

  private ProbeFolder(Folder parent, String name, Folder folder) {
    this.parent = parent;
    this.name = name;
    this.folder = folder;
  }

  /**
   * Makes the scratch folder, after leftovers of dead processes are removed.
   *
   * @throws Fault when nothing can be made in {@code parent}
   */
  public static ProbeFolder make(Folder parent) throws Fault {
    ProbeNames.dead(parent).forEach(dead -> removeQuietly(parent, dead));
    String name = ProbeNames.begin();
    ProbeFolder made = null;
    try {
      parent.makeFolder(name);
      made = new ProbeFolder(parent, name, openOrRemove(parent, name));
      return made;
    } finally {
      if (made == null) {
        ProbeNames.end(name);
      }
    }
  }

  private static Folder openOrRemove(Folder parent, String name) throws Fault {
    try {
      return parent.open(name);
    } catch (Fault e) {
      removeQuietly(parent, name);
      throw e;
    }
  }

  /** The scratch folder itself. */
  public Folder folder() {
    return folder;
  }

  /**
   * Tries one method with a file of the source.
   *
   * @param path absolute path of that file, the text of a symbolic link
   * @param stat of that file
   */
  public Tried tryMethod(
      LinkMethod method, Folder source, String sourceName, String path, Stat stat) throws Fault {
    String crossing = costly(method, stat);
    if (!crossing.isEmpty()) {
      return Tried.unknown(crossing);
    }
    try {
      switch (method) {
        case HARDLINK -> folder.link(source, sourceName, FILE);
        case REFLINK ->
            folder.reflink(
                source,
                sourceName,
                FILE,
                new Folder.Expected(stat.inode(), stat.size(), stat.modifiedNs()));
        case SYMLINK -> folder.symlink(path, FILE);
        case COPY -> {
          return copy(source, sourceName);
        }
      }
    } catch (SourceChangedException e) {
      return Tried.unknown(String.valueOf(e.getMessage()));
    } catch (Fault e) {
      return Tried.refused(e);
    }
    Stat made = folder.stat(FILE);
    folder.deleteFile(FILE);
    return method == LinkMethod.HARDLINK && made.inode() != stat.inode()
        ? Tried.unknown("the link is another inode: a layer copied the file, or it was exchanged")
        : Tried.WORKS;
  }

  /** Why a trial would cost more than it tells; empty when it does not. */
  private String costly(LinkMethod method, Stat stat) throws Fault {
    boolean copiesUp =
        method == LinkMethod.HARDLINK
            && stat.size() > COPY_UP_MAX
            && folder.volume().type().equals("overlay");
    return copiesUp
        ? "not tried: on an overlay a hard link to a file of a lower layer copies all its "
            + ByteCount.words(stat.size())
            + " first"
        : "";
  }

  /** Bytes are not copied on trial: whoever may read can copy, and this folder could be made. */
  private static Tried copy(Folder source, String sourceName) throws Fault {
    return source.marks(sourceName).readable() == Known.NO
        ? new Tried(
            Tried.State.REFUSED,
            Errno.EACCES,
            source.path() + "/" + sourceName + " may not be read")
        : Tried.WORKS;
  }

  /**
   * Tries what publishing does: a folder gets another name, and another folder does not get that
   * name afterwards.
   */
  public Tried tryRename() throws Fault {
    folder.makeFolder(STAGING);
    try {
      folder.rename(STAGING, folder, FINAL);
      folder.makeFolder(STAGING);
    } catch (Fault e) {
      return Tried.refused(e);
    }
    try {
      folder.rename(STAGING, folder, FINAL);
      return new Tried(Tried.State.REFUSED, null, "a rename replaced a folder that was there");
    } catch (Fault e) {
      boolean isKept = e.errno() == Errno.EEXIST || e.errno() == Errno.ENOTEMPTY;
      return isKept ? Tried.WORKS : Tried.refused(e);
    }
  }

  /** Whether two names that differ in case are one here. */
  public Known foldsCase() throws Fault {
    try {
      parent.stat(name.toUpperCase(Locale.ROOT));
      return Known.YES;
    } catch (Fault e) {
      if (e.errno() == Errno.ENOENT) {
        return Known.NO;
      }
      throw e;
    }
  }

  /**
   * Removes the folder.
   *
   * @throws Fault when something stays; the message names it
   */
  @Override
  public void close() throws Fault {
    folder.close();
    try {
      Optional<Fault> left = remove(parent, name);
      if (left.isPresent()) {
        throw left.get();
      }
    } finally {
      ProbeNames.end(name);
    }
  }

  private static void removeQuietly(Folder parent, String name) {
    // A leftover that cannot be removed hinders nothing: scans pass it over, the next probe tries
    // again.
    remove(parent, name);
  }

  /** Only what a probe makes is removed: a folder with anything else in it stays. */
  private static Optional<Fault> remove(Folder parent, String name) {
    try {
      parent.deleteFolder(name);
      return Optional.empty();
    } catch (Fault e) {
      // What a trial left in it is removed first.
      return e.errno() == Errno.ENOENT ? Optional.empty() : removeWithContent(parent, name);
    }
  }

  private static Optional<Fault> removeWithContent(Folder parent, String name) {
    try (Folder here = parent.open(name)) {
      deleteFile(here);
      for (String made : FOLDERS) {
        deleteFolder(here, made);
      }
      Temporaries.removeFrom(here);
      parent.deleteFolder(name);
      return Optional.empty();
    } catch (Fault e) {
      return e.errno() == Errno.ENOENT ? Optional.empty() : Optional.of(e);
    }
  }

  private static void deleteFile(Folder folder) throws Fault {
    try {
      folder.deleteFile(FILE);
    } catch (Fault e) {
      requireGone(e);
    }
  }

  private static void deleteFolder(Folder folder, String name) throws Fault {
    try {
      folder.deleteFolder(name);
    } catch (Fault e) {
      requireGone(e);
    }
  }

  private static void requireGone(Fault fault) throws Fault {
    if (fault.errno() != Errno.ENOENT) {
      throw fault;
    }
  }
}
