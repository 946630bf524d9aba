package io.admix.engine.run;

import io.admix.core.plan.PlanEntry;
import io.admix.files.FailureReason;
import io.admix.files.Folder;
import io.admix.files.Outcome;
import io.admix.files.PlacingStoppedException;
import io.admix.files.RealFiles;

/** Makes files out of files, in folders that stay open along a run. */
final class FileMaker implements EntryMaker {
  private static final int TRIES_STALE = 3;

  private final FileMakers all;
  private final SourceCursor sources;
  private final TargetCursor target;

  FileMaker(FileMakers all) {
    this.all = all;
    this.sources = new SourceCursor(all.roots());
    this.target = new TargetCursor(all.targets());
  }

  @Override
  public EntryResult make(PlanEntry entry) throws PlacingStoppedException {
    EntryResult result = attempt(entry);
    for (int tries = 1; tries < TRIES_STALE && isStale(result); tries++) {
      sources.reopen();
      endRun();
      result = attempt(entry);
    }
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
        all.placer()
            .place(
                sources.folder(),
                fileName(entry),
                all.sourcePath(entry),
                expected,
                target.at(entry.targetFolder()),
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

  @Override
  public void removeLeftover(PlanEntry entry) throws PlacingStoppedException {
    target.removeLeftover(entry);
  }

  @Override
  public void endRun() {
    target.leave();
  }

  @Override
  public void close() {
    endRun();
    sources.close();
  }
}
