package io.admix.engine.run;

import io.admix.core.plan.PlanEntry;
import io.admix.files.Errno;
import io.admix.files.Fault;
import io.admix.files.Folder;
import io.admix.files.PlacingStoppedException;
import org.jspecify.annotations.Nullable;

/** The folder of staging that one worker is in, made where it is not there. Used by one thread. */
final class TargetCursor implements AutoCloseable {
  private final TargetFolders targets;
  private @Nullable Folder folder;
  private String name = "";

  TargetCursor(TargetFolders targets) {
    this.targets = targets;
  }

  /**
   * The folder below staging; stays open until the next call or {@link #leave}.
   *
   * @throws PlacingStoppedException when it can neither be opened nor made
   */
  Folder at(String relative) throws PlacingStoppedException {
    if (folder != null && name.equals(relative)) {
      return folder;
    }
    leave();
    try {
      Folder opened = targets.open(relative);
      folder = opened;
      name = relative;
      return opened;
    } catch (Fault e) {
      if (e.errno() == Errno.ENOSPC) {
        Folder staging = targets.staging();
        throw PlacingStoppedException.noRoomForFolder(staging, staging.path() + "/" + relative, e);
      }
      String advice =
          e.errno() == Errno.ENOENT
              ? "The staging folder is gone; it is never made again. Bring it back, then resume, or cancel the task."
              : "Mend the cause, then resume; what was placed stays.";
      throw new PlacingStoppedException(
          "The target folder cannot be used: " + e.getMessage() + ". " + advice, true, e);
    }
  }

  /** Removes what an earlier attempt made of an entry that is not needed any more. */
  void removeLeftover(PlanEntry entry) throws PlacingStoppedException {
    try {
      Folder at = at(entry.targetFolder());
      if (Cleaner.Sweep.isOurs(entry, at.stat(entry.targetName()))) {
        at.deleteFile(entry.targetName());
      }
    } catch (Fault e) {
      if (e.errno() != Errno.ENOENT) {
        throw new PlacingStoppedException(
            "A reserve that is not needed any more could not be removed: " + e.getMessage(),
            true,
            e);
      }
    }
  }

  void leave() {
    if (folder != null) {
      folder.close();
    }
    folder = null;
  }

  @Override
  public void close() {
    leave();
  }
}
