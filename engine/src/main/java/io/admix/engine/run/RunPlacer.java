package io.admix.engine.run;

import io.admix.core.plan.PlanEntry;
import io.admix.engine.plan.PlanRun;
import io.admix.files.PlacingStoppedException;
import java.util.ArrayList;
import java.util.List;

/** Places the entries of one run after the other. Used by one thread. */
final class RunPlacer implements AutoCloseable {
  private final PlacingSite site;
  private final EntryMaker maker;

  RunPlacer(PlacingSite site) {
    this.site = site;
    this.maker = site.openMaker();
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
    maker.endRun();
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
        if (!site.isFirstAttempt()) {
          maker.removeLeftover(entry);
        }
        results.add(EntryResult.Unused.INSTANCE);
        continue;
      }
      EntryResult result = placeOne(entry);
      missing -= result instanceof EntryResult.Placed ? 1 : 0;
      results.add(result);
    }
    maker.endRun();
    return new FinishedRun(run, entries, results);
  }

  private EntryResult placeOne(PlanEntry entry) throws PlacingStoppedException {
    EntryResult result = maker.make(entry);
    site.counted(entry, result);
    return result;
  }

  @Override
  public void close() {
    maker.close();
  }
}
