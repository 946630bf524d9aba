package io.admix.engine.run;

import io.admix.catalog.Task;
import io.admix.engine.plan.PlanHeader;
import io.admix.engine.plan.SealedPlan;
import io.admix.files.Errno;
import io.admix.files.Fault;
import io.admix.files.FileAccess;
import io.admix.files.Folder;
import io.admix.files.Leftovers;
import io.admix.files.Stat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The staging folder of a task, beside its final place. It is made once with mkdir; from the moment
 * that its inode is committed it is only ever opened again, and only if it still has that inode.
 * The device is not part of its identity: it may change over reboots.
 */
final class Staging implements Growing {
  private final Path finalPath;
  private final String name;
  private final Folder parent;
  private final Folder folder;
  private final long inode;

  private Staging(Path finalPath, String name, Folder parent, Folder folder, long inode) {
    this.finalPath = finalPath;
    this.name = name;
    this.parent = parent;
    this.folder = folder;
    this.inode = inode;
  }

  static String nameOf(String taskId) {
    return ".admix-" + taskId;
  }

  /**
   * Makes the staging folder of a task that has not begun to place. Parents of the final folder are
   * made where they are missing, and stay. An empty folder of this task's name is taken over: a
   * crash between mkdir and commit leaves it.
   *
   * @throws HaltedException when the final name or the staging name is taken
   */
  static Staging make(FileAccess access, Task task) throws IOException {
    Path target = Path.of(task.targetPath());
    Path above = parentOf(target);
    Files.createDirectories(above);
    String name = nameOf(task.id());
    Folder parent = access.open(above);
    try {
      if (statOf(parent, target) != null) {
        throw HaltedException.failed(
            false,
            "The target %s exists. Name another target, or remove it, then run again; nothing was made."
                .formatted(target));
      }
      makeOrRefuse(parent, name);
      Folder folder = openEmpty(parent, name);
      return new Staging(target, name, parent, folder, folder.stat().inode());
    } catch (Fault | RuntimeException e) {
      parent.close();
      throw e;
    }
  }

  /**
   * Opens the staging folder of a task that has begun to place.
   *
   * @throws HaltedException when it is not there any more, or is another folder: it is never made
   *     again, and nothing is deleted
   */
  static Staging open(FileAccess access, Task task) throws Fault {
    Path target = Path.of(task.targetPath());
    String name = nameOf(task.id());
    Folder parent = openParent(access, parentOf(target), name);
    try {
      Folder folder = parent.open(name);
      long inode = folder.stat().inode();
      if (inode != task.stagingInode()) {
        folder.close();
        throw another(parent.path() + "/" + name, inode, task.stagingInode());
      }
      return new Staging(target, name, parent, folder, inode);
    } catch (Fault e) {
      parent.close();
      if (e.errno() == Errno.ENOENT || e.errno() == Errno.ENOTDIR || e.errno() == Errno.ELOOP) {
        throw gone(parent.path() + "/" + name, e);
      }
      throw e;
    } catch (RuntimeException e) {
      parent.close();
      throw e;
    }
  }

  private static Folder openParent(FileAccess access, Path above, String name) throws Fault {
    try {
      return access.open(above);
    } catch (Fault e) {
      if (e.errno() == Errno.ENOENT) {
        throw gone(above + "/" + name, e);
      }
      throw e;
    }
  }

  private static HaltedException another(String path, long found, long expected) {
    return HaltedException.failed(
        true,
        "The folder %s is not the one that this task made (inode %d, expected %d). Nothing was changed in it; bring back the right one, or cancel the task."
            .formatted(path, found, expected));
  }

  private static HaltedException gone(String path, Fault fault) {
    return HaltedException.failed(
        true,
        "The staging folder %s with the files placed so far is gone (%s). It is never made again; nothing was deleted. Bring it back (is a volume not mounted?), or cancel the task."
            .formatted(path, fault.errno()));
  }

  private static void makeOrRefuse(Folder parent, String name) throws Fault {
    try {
      makeOrAdopt(parent, name);
    } catch (Fault e) {
      boolean isFull = e.errno() == Errno.ENOSPC || e.errno() == Errno.EDQUOT;
      boolean isClosed =
          e.errno() == Errno.EROFS || e.errno() == Errno.EACCES || e.errno() == Errno.EPERM;
      String advice = isFull ? "make room" : isClosed ? "make it writable" : "mend the cause";
      throw HaltedException.failed(
          true,
          "Nothing can be made in the target's folder %s: %s. Nothing was made; %s, then resume, or cancel the task."
              .formatted(parent.path(), e.getMessage(), advice));
    }
  }

  private static void makeOrAdopt(Folder parent, String name) throws Fault {
    try {
      parent.makeFolder(name);
    } catch (Fault e) {
      if (e.errno() != Errno.EEXIST) {
        throw e;
      }
      if (parent.stat(name).kind() != Stat.Kind.DIRECTORY) {
        throw notOurs(parent, name);
      }
    }
  }

  /** Looked at through the handle that is used: the name may have been given away since mkdir. */
  private static Folder openEmpty(Folder parent, String name) throws Fault {
    Folder folder = parent.open(name);
    try {
      if (namesIn(folder, 1).isEmpty()) {
        return folder;
      }
    } catch (Fault | RuntimeException e) {
      folder.close();
      throw e;
    }
    folder.close();
    throw notOurs(parent, name);
  }

  private static HaltedException notOurs(Folder parent, String name) {
    return HaltedException.failed(
        false,
        "%s/%s is there already and is not empty: it is not ours. Look at it, and remove it if nobody needs it."
            .formatted(parent.path(), name));
  }

  /** Some names in a folder, at most {@code most}. */
  static List<String> namesIn(Folder folder, int most) throws Fault {
    List<String> names = new ArrayList<>();
    folder.list((entry, kind) -> {
      if (names.size() < most) {
        names.add(entry == null ? "(a name that is no UTF-8)" : entry);
      }
    });
    return names;
  }

  /** What stands under the final name, not followed, or null. */
  private static @Nullable Stat statOf(Folder parent, Path target) throws Fault {
    try {
      return parent.stat(nameOf(target));
    } catch (Fault e) {
      if (e.errno() == Errno.ENOENT) {
        return null;
      }
      throw e;
    }
  }

  private static String nameOf(Path target) {
    return String.valueOf(target.getFileName());
  }

  static Path parentOf(Path target) {
    Path parent = target.getParent();
    if (parent == null) {
      throw HaltedException.failed(
          false, "The target " + target + " has no folder above it: name a folder below one.");
    }
    return parent;
  }

  /** Whether the final name holds the folder with this inode: it was renamed before the crash. */
  static boolean isPublished(FileAccess access, Task task) throws Fault {
    Path target = Path.of(task.targetPath());
    try (Folder parent = access.open(parentOf(target))) {
      Stat stat = statOf(parent, target);
      return stat != null
          && stat.kind() == Stat.Kind.DIRECTORY
          && stat.inode() == task.stagingInode();
    } catch (Fault e) {
      if (e.errno() == Errno.ENOENT) {
        return false;
      }
      throw e;
    }
  }

  /** Absolute. */
  String path() {
    return parent.path() + "/" + name;
  }

  Folder folder() {
    return folder;
  }

  @Override
  public long identity() {
    return inode;
  }

  @Override
  public String where() {
    return "The staging folder %s/%s".formatted(parent.path(), name);
  }

  @Override
  public Ground ground() throws Fault {
    return new Ground(
        folder.mountId(),
        folder.deviceId(),
        folder.volume().isNetwork() ? Ground.Kind.NETWORK : Ground.Kind.LOCAL);
  }

  @Override
  public EntryMakers makers(Running running, SealedPlan plan) throws IOException {
    Services services = running.services();
    PlanHeader header = plan.header();
    TargetFolders targets = new TargetFolders(folder);
    long ofObjects = header.sources().stream().filter(s -> s.place().isObjects()).count();
    SourceRoots roots = SourceRoots.open(services.access(), header.sources());
    EntryMakers files =
        new FileMakers(
            services.placers().of(header.recipe().link(), running::requireLease), roots, targets);
    if (ofObjects == 0) {
      return files;
    }
    EntryMakers objects =
        new DownloadMakers(
            services.objects().open(),
            ClaimedPrefix.patienceOf(running),
            roots,
            targets,
            new Leftovers(running::requireLease));
    return ofObjects == header.sources().size()
        ? objects
        : new MakersByKind(header, files, objects);
  }

  /** Files can be in memory only, until the volume is synced. */
  @Override
  public boolean isDurableAtOnce() {
    return false;
  }

  @Override
  public void makeDurable() throws Fault {
    folder.syncVolume();
  }

  /**
   * Gives the folder its final name, never replacing anything, and makes that durable.
   *
   * @throws HaltedException when the final name is taken, or staging's name is not this folder's
   *     any more: nothing is renamed
   */
  @Override
  public void publish(Path manifest, Runnable stillOurs) throws Fault {
    requireSame();
    FinalName last = new FinalName(parent, finalPath);
    last.giveTo(name, folder.stat());
    last.makeDurable();
  }

  /** A rename goes by name, and the name may have been given to another folder meanwhile. */
  private void requireSame() throws Fault {
    String path = parent.path() + "/" + name;
    try {
      long found = parent.stat(name).inode();
      if (found != inode) {
        throw another(path, found, inode);
      }
    } catch (Fault e) {
      if (e.errno() == Errno.ENOENT) {
        throw gone(path, e);
      }
      throw e;
    }
  }

  /** Holds the names of one level's folders at a time. */
  @Override
  public void removeHalfMade() throws Fault {
    StagingWalk.removeTemporaries(folder);
  }

  /** Counts entries but folders: one listing of each folder. */
  @Override
  public Found look(Recorded recorded) throws IOException {
    long there = StagingWalk.countFiles(folder);
    long files = recorded.files();
    return new Found(Math.min(there, files), Math.max(0, there - files));
  }

  @Override
  public String remove(SealedPlan plan, Recorded recorded, Runnable stillOurs) throws IOException {
    stillOurs.run();
    removeHalfMade();
    new Cleaner.Sweep(folder, plan, stillOurs).run();
    stillOurs.run();
    return remove(parent, name);
  }

  /** Removes the folder if it is empty; else tells what it holds. */
  static String remove(Folder parent, String name) throws Fault {
    try {
      parent.deleteFolder(name);
      return "";
    } catch (Fault e) {
      if (e.errno() == Errno.ENOENT) {
        return "";
      }
      if (e.errno() != Errno.ENOTEMPTY && e.errno() != Errno.EEXIST) {
        throw e;
      }
    }
    try (Folder folder = parent.open(name)) {
      return "%s/%s stays: it holds what the task did not make (%s)."
          .formatted(parent.path(), name, String.join(", ", namesIn(folder, 5)));
    }
  }

  @Override
  public void close() {
    folder.close();
    parent.close();
  }
}
