package io.admix.engine.run;

import io.admix.core.plan.PlanEntry;
import io.admix.engine.plan.PlanRun;
import io.admix.files.Errno;
import io.admix.files.FailureReason;
import io.admix.files.Fault;
import io.admix.files.Folder;
import io.admix.files.Outcome;
import io.admix.files.PlacingStoppedException;
import io.admix.files.RealFiles;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Places the entries of one run after the other. Used by one thread. */
final class RunPlacer implements AutoCloseable {
  private static final int TRIES_STALE = 3;

  private final PlacingSite site;
  private final SourceCursor sources;
  private @Nullable Folder target;
  private String targetName = "";

  RunPlacer(PlacingSite site) {
    this.site = site;
    this.sources = new SourceCursor(site.roots());
  }

  /**
   * Places every entry of a main run.
   *
   * @throws HaltedException when the task was asked to stop: entries placed so far stay, without a
   *     receipt, and are found again when it goes on
   */
  FinishedRun place(PlanRun run, List<PlanEntry> entries) throws PlacingStoppedException {
    List<EntryResult> results = new ArrayList<>(entries.size());
    for (PlanEntry entry : entries) {
      if (site.isCut(results)) {
        results.add(EntryResult.Unused.INSTANCE);
        continue;
      }
      site.checkMayGoOn();
      results.add(placeOne(entry));
    }
    closeTarget();
    return new FinishedRun(run, entries, results);
  }

  /**
   * Places entries of a run of reserves until {@code needed} of them are there; what an earlier
   * attempt made of the others is removed.
   */
  FinishedRun placeReserves(PlanRun run, List<PlanEntry> entries, long needed)
      throws PlacingStoppedException {
    List<EntryResult> results = new ArrayList<>(entries.size());
    long missing = needed;
    for (PlanEntry entry : entries) {
      site.checkMayGoOn();
      if (missing == 0) {
        removeLeftover(entry);
        results.add(EntryResult.Unused.INSTANCE);
        continue;
      }
      EntryResult result = placeOne(entry);
      missing -= result instanceof EntryResult.Placed ? 1 : 0;
      results.add(result);
    }
    closeTarget();
    return new FinishedRun(run, entries, results);
  }

  private EntryResult placeOne(PlanEntry entry) throws PlacingStoppedException {
    EntryResult result = attempt(entry);
    for (int tries = 1; tries < TRIES_STALE && isStale(result); tries++) {
      sources.reopen();
      closeTarget();
      result = attempt(entry);
    }
    site.counted(entry, result);
    return result;
  }

  private static boolean isStale(EntryResult result) {
    return result instanceof EntryResult.Failed failed
        && failed.reason() == FailureReason.STALE_HANDLE;
  }

  private EntryResult attempt(PlanEntry entry) throws PlacingStoppedException {
    sources.moveTo(entry);
    EntryResult.Failed failure = sources.failure();
    if (failure != null) {
      return failure;
    }
    Folder.Expected expected =
        new Folder.Expected(entry.seen().inode(), entry.size(), entry.seen().modifiedNs());
    Outcome outcome =
        site.placer()
            .place(
                sources.folder(),
                fileName(entry),
                site.sourcePath(entry),
                expected,
                target(entry.targetFolder()),
                entry.targetName());
    return switch (outcome) {
      case Outcome.Placed placed ->
          new EntryResult.Placed(
              placed.method(),
              placed.stat().inode(),
              placed.stat().size(),
              placed.stat().modifiedNs());
      case Outcome.Failed failed -> new EntryResult.Failed(failed.reason(), failed.detail());
    };
  }

  /** Base name of the file itself, where the source is a link to it. */
  private static String fileName(PlanEntry entry) {
    String real = entry.realPath();
    return real == null ? entry.sourceName() : RealFiles.nameOf(real);
  }

  /**
   * What has the planned name and the planned source's identity, or is a copy of it, was made by an
   * earlier attempt of this task. Anything else stays, and nothing is published while it does.
   */
  private void removeLeftover(PlanEntry entry) throws PlacingStoppedException {
    if (site.isFirstAttempt()) {
      return;
    }
    try {
      Folder folder = target(entry.targetFolder());
      if (Cleaner.Sweep.isOurs(entry, folder.stat(entry.targetName()))) {
        folder.deleteFile(entry.targetName());
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

  private Folder target(String relative) throws PlacingStoppedException {
    if (target != null && targetName.equals(relative)) {
      return target;
    }
    closeTarget();
    try {
      Folder opened = site.targets().open(relative);
      target = opened;
      targetName = relative;
      return opened;
    } catch (Fault e) {
      if (e.errno() == Errno.ENOSPC) {
        Folder staging = site.targets().staging();
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

  private void closeTarget() {
    if (target != null) {
      target.close();
    }
    target = null;
  }

  @Override
  public void close() {
    closeTarget();
    sources.close();
  }
}
