package io.admix.engine.run;

import io.admix.catalog.Task;
import io.admix.core.plan.PlanEntry;
import io.admix.engine.plan.InvalidPlanException;
import io.admix.engine.plan.PlanRun;
import io.admix.engine.plan.SealedPlan;
import io.admix.engine.spread.SpreadDriver;
import io.admix.files.Errno;
import io.admix.files.Fault;
import io.admix.files.Folder;
import io.admix.files.Stat;
import java.io.IOException;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * Removes what a task's plan made, and nothing else: files at planned names in the staging folder
 * that has the committed identity, then folders that are empty, then staging itself. Whatever else
 * lies there stays, with the folders above it, and is told.
 */
final class Cleaner {
  private final Services services;
  private final StateFolder state;
  private final Runnable stillOurs;

  /**
   * @param stillOurs asked before every deletion; throws when another runner may hold the task
   */
  Cleaner(Services services, Runnable stillOurs) {
    this.services = services;
    this.state = services.state();
    this.stillOurs = stillOurs;
  }

  /**
   * Cleans after a task that is not published.
   *
   * @return what stayed and why, for people, or "" when nothing did
   * @throws HaltedException when staging is not the folder that this task made: nothing is touched;
   *     or when another runner may hold the task: nothing more is touched, the rest stays
   */
  String clean(Task task) throws IOException {
    MixTarget target = MixTarget.of(services, task);
    if (task.stagingInode() == 0) {
      return target.removeUnbegun(task);
    }
    if (target.isPublished(task)) {
      throw HaltedException.failed(
          true,
          "The dataset is under its final name %s already: the task is finishing. Resume it."
              .formatted(task.targetPath()));
    }
    SpreadDriver.endEarlier(services.state().scratch(task.id()));
    if (!target.isGrowing(task)) {
      return "";
    }
    try (Growing growing = target.openToRemove(task);
        SealedPlan plan = open(target, task)) {
      return growing.remove(
          plan, new Recordings(plan, services.catalog().tasks(), task.id()), stillOurs);
    }
  }

  /** Reads the plan from end to end first: what is deleted is decided by it alone. */
  private SealedPlan open(MixTarget target, Task task) throws IOException {
    SealedPlan plan;
    try {
      plan = SealedPlan.open(state.plan(task.id()));
    } catch (InvalidPlanException e) {
      throw unusable(target, task, e.getMessage());
    }
    if (!plan.fileSha256().equals(task.planSha256())) {
      plan.close();
      throw unusable(target, task, state.plan(task.id()) + " is not the plan that was begun.");
    }
    return plan;
  }

  private static HaltedException unusable(MixTarget target, Task task, @Nullable String why) {
    return HaltedException.failed(
        true,
        "nothing was removed, because the plan of task %s, which alone tells what it made, cannot be used: %s Bring the plan back from a backup and cancel again; or remove %s yourself, which holds what was made so far, and cancel again."
            .formatted(task.id(), why, target.whereItGrows(task)));
  }

  /** One pass over the plan. */
  static final class Sweep {
    private final Folder staging;
    private final SealedPlan plan;
    private final Runnable stillOurs;
    private @Nullable Folder folder;
    private String folderName = "";

    Sweep(Folder staging, SealedPlan plan, Runnable stillOurs) {
      this.staging = staging;
      this.plan = plan;
      this.stillOurs = stillOurs;
    }

    /**
     * Every planned name is visited: files without a receipt were made too, by runs that did not
     * finish.
     */
    void run() throws IOException {
      Iterator<PlanRun> runs = plan.runs();
      while (runs.hasNext()) {
        PlanRun run = runs.next();
        for (PlanEntry entry : plan.entries(run)) {
          remove(entry);
        }
      }
      leaveFolder();
    }

    private void remove(PlanEntry entry) throws Fault {
      stillOurs.run();
      enter(entry.targetFolder());
      if (folder == null) {
        return;
      }
      try {
        Stat stat = folder.stat(entry.targetName());
        if (isOurs(entry, stat)) {
          folder.deleteFile(entry.targetName());
        }
      } catch (Fault e) {
        if (e.errno() != Errno.ENOENT) {
          throw e;
        }
      }
    }

    /**
     * A hard link has the planned inode, a copy the planned size and time; a symbolic link under a
     * planned name in our staging is one that we made.
     */
    static boolean isOurs(PlanEntry entry, Stat stat) {
      boolean isLink = stat.inode() == entry.seen().inode();
      boolean isCopy =
          stat.size() == entry.size() && stat.modifiedNs() == entry.seen().modifiedNs();
      return stat.kind() == Stat.Kind.SYMLINK || stat.isRegular() && (isLink || isCopy);
    }

    private void enter(String name) throws Fault {
      if (folder != null && folderName.equals(name)
          || folder == null && folderName.equals(name) && !name.isEmpty()) {
        return;
      }
      leaveFolder();
      folderName = name;
      try {
        folder = staging.open(name);
      } catch (Fault e) {
        if (e.errno() != Errno.ENOENT && e.errno() != Errno.ENOTDIR && e.errno() != Errno.ELOOP) {
          throw e;
        }
        folder = null;
      }
    }

    /** Removes the folder just left and those above it as far as they are empty. */
    private void leaveFolder() throws Fault {
      if (folder != null) {
        folder.close();
      }
      folder = null;
      String path = folderName;
      while (!path.isEmpty() && removeIfEmpty(path)) {
        path = path.substring(0, Math.max(0, path.lastIndexOf('/')));
      }
      folderName = "";
    }

    private boolean removeIfEmpty(String path) throws Fault {
      int slash = path.lastIndexOf('/');
      try (Folder parent = staging.open(slash < 0 ? "" : path.substring(0, slash))) {
        parent.deleteFolder(path.substring(slash + 1));
        return true;
      } catch (Fault e) {
        return switch (e.errno()) {
          case ENOENT -> true;
          case ENOTEMPTY, EEXIST, ENOTDIR, ELOOP -> false;
          default -> throw e;
        };
      }
    }
  }
}
