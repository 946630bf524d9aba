package io.admix.engine.run;

import io.admix.core.plan.PlanEntry;
import io.admix.engine.plan.PlanRun;
import io.admix.engine.plan.SealedPlan;
import io.admix.files.PlacingStoppedException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * {@code on-error: replace}: after the main runs, each source's reserves are taken in rank order
 * until its failures are made up. Which ones were taken depends only on which files failed, so that
 * a task that is resumed ends as one that was not.
 */
final class Replacing {
  private final SealedPlan plan;
  private final Counted counted;
  private final Halt halt;

  Replacing(SealedPlan plan, Counted counted, Halt halt) {
    this.plan = plan;
    this.counted = counted;
    this.halt = halt;
  }

  /** The tally once everything that was handed over is recorded. */
  @FunctionalInterface
  interface Counted {
    Tally now() throws InterruptedException;
  }

  /**
   * @throws HaltedException when a source's reserves do not suffice; the task can be resumed, and
   *     tries the failed files and all reserves again
   */
  void place(PlacingSite site, Recorder recorder) throws IOException, InterruptedException {
    Tally tally = counted.now();
    long[] missing = new long[plan.header().sources().size()];
    for (int source = 0; source < missing.length; source++) {
      missing[source] = tally.failed(source);
    }
    try (RunPlacer placer = new RunPlacer(site)) {
      Iterator<PlanRun> runs = plan.runs();
      while (runs.hasNext()) {
        PlanRun run = runs.next();
        if (run.isReserve() && (missing[run.reserveOf()] > 0 || !site.isFirstAttempt())) {
          missing[run.reserveOf()] -= placeRun(run, missing[run.reserveOf()], placer, recorder);
        }
      }
    } catch (PlacingStoppedException e) {
      throw HaltedException.failed(e.isResumable(), String.valueOf(e.getMessage()));
    }
    halt.check();
    requireNone(missing);
  }

  private long placeRun(PlanRun run, long needed, RunPlacer placer, Recorder recorder)
      throws IOException, InterruptedException, PlacingStoppedException {
    List<PlanEntry> entries = plan.entries(run);
    FinishedRun finished = placer.placeReserves(run, entries, needed);
    recorder.put(finished);
    return finished.results().stream().filter(r -> r instanceof EntryResult.Placed).count();
  }

  private void requireNone(long[] missing) {
    List<String> short1 = new ArrayList<>();
    for (int source = 0; source < missing.length; source++) {
      if (missing[source] > 0) {
        short1.add(
            "source '%s' lacks %,d"
                .formatted(plan.header().sources().get(source).name(), missing[source]));
      }
    }
    if (!short1.isEmpty()) {
      throw HaltedException.failed(
          true,
          "More files failed than there are reserves: %s. Mend the sources and resume: failed files and reserves are tried again; or use on-error: skip."
              .formatted(String.join(", ", short1)));
    }
  }
}
