package io.admix.engine.run;

import com.sun.management.OperatingSystemMXBean;
import io.admix.catalog.Receipt;
import io.admix.catalog.Task;
import io.admix.core.plan.PlanEntry;
import io.admix.core.recipe.OnError;
import io.admix.core.recipe.Recipe;
import io.admix.engine.pace.Sampler;
import io.admix.engine.plan.PlanHeader;
import io.admix.engine.plan.PlanRun;
import io.admix.engine.plan.SealedPlan;
import io.admix.engine.spread.SpreadDriver;
import io.admix.files.CopyProgress;
import io.admix.files.PlacingStoppedException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Places everything that a sealed plan asks for and that has no receipt yet: reads runs in order,
 * hands them to workers through a bounded queue, and has finished runs recorded.
 */
final class Placing {
  private static final Logger LOG = LoggerFactory.getLogger(Placing.class);

  /** Read many times a second: of what the JDK offers, this opens no files. */
  private static final OperatingSystemMXBean SYSTEM =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  /**
   * Look-ahead: far enough that 64 workers find folders of their own where each folder has a
   * quarter of a million files. A run that waits takes some 150 bytes beside the name of its
   * folder, which neighbours share.
   */
  static final int QUEUE_RUNS = 1 << 14;

  private final Running running;
  private final SealedPlan plan;
  private final Growing growing;
  private final PlacingSite.Attempt attempt;
  private final Recipe recipe;
  private final Tally tally;
  private final long startedAt = System.nanoTime();
  private final Pacing pacing;
  private long filesBefore;
  private long bytesBefore;
  private long runsBefore;
  private double seconds;
  private long recordingNanos;
  private int queueMax;
  private int workersMax;
  private boolean suspect;

  Placing(Running running, SealedPlan plan, Growing growing, PlacingSite.Attempt attempt)
      throws IOException {
    this.running = running;
    this.plan = plan;
    this.growing = growing;
    this.attempt = attempt;
    this.recipe = plan.header().recipe();
    this.tally = new Tally(plan.header().sources().size());
    this.pacing = Pacing.of(running, growing.ground(), plan.header());
  }

  Tally tally() {
    return tally;
  }

  /** Of this attempt, once it has ended. */
  Reports.Pace pace() {
    return new Reports.Pace(seconds, tally.files() - filesBefore);
  }

  private double secondsSoFar() {
    return (System.nanoTime() - startedAt) / 1e9;
  }

  /** How long the recording thread was busy. */
  long recordingNanos() {
    return recordingNanos;
  }

  String concurrencyInWords() {
    SpreadCrew elsewhere = running.services().crew();
    return elsewhere == null ? pacing.inWords() : elsewhere.inWords();
  }

  int queueMax() {
    return queueMax;
  }

  int workersMax() {
    return workersMax;
  }

  /**
   * Returns when all that can be placed is placed and recorded.
   *
   * @throws HaltedException when it must stop; what was finished is recorded
   */
  void execute() throws IOException, InterruptedException {
    if (attempt == PlacingSite.Attempt.RESUMED) {
      SpreadDriver.endEarlier(running.services().state().scratch(running.id()));
      growing.removeHalfMade();
      Growing.Recorded recorded = new Recordings(plan, running.tasks(), running.id());
      suspect = growing.look(recorded).placed() < recorded.files();
    }
    try (DoneRuns done =
            DoneRuns.read(
                running.tasks(),
                running.lease(),
                running.services().state().scratch(running.id()),
                tally,
                this::isStale);
        EntryMakers makers = growing.makers(running, plan)) {
      RunQueue queue = new RunQueue(QUEUE_RUNS, pacing.perFolder(), pacing.workers());
      PlacingSite site =
          new PlacingSite(makers, recipe.onError(), attempt, () -> waitForTurn(queue));
      tally.keepFailuresOf(running.tasks(), running.id());
      filesBefore = tally.files();
      bytesBefore = tally.bytes();
      running.progress().from(() -> progress(site, queue));
      Recorder recorder = recorder();
      try (recorder) {
        recorder.start();
        placeMainRuns(queue, done, site, recorder);
        if (recipe.onError() == OnError.REPLACE && !running.halt().isAsked()) {
          new Replacing(plan, tallyWhenRecorded(recorder), running.halt()).place(site, recorder);
        }
      } finally {
        workersMax = site.workingMax();
      }
      seconds = secondsSoFar();
      recordingNanos = recorder.busyNanos();
      running.crashPoint(CrashPoints.Point.ALL_PLACED);
      running.halt().check();
    }
  }

  /** Failures of main runs decide how many reserves are taken: they must all be counted first. */
  private Replacing.Counted tallyWhenRecorded(Recorder recorder) {
    return () -> {
      recorder.drain();
      return tally;
    };
  }

  /**
   * Whether a run is to be done again: every one when files that were recorded are lacking; what
   * was recorded before a reboot may not have reached the disk; a run with failures is tried again,
   * and with it every reserve, because fewer or others may be needed now. Skipped files stay
   * skipped, unless nothing at all of their run was placed.
   */
  private boolean isStale(Receipt receipt) {
    boolean isLost =
        !growing.isDurableAtOnce() && !receipt.bootId().equals(RunnerIdentity.bootId());
    if (suspect || isLost) {
      return true;
    }
    return switch (recipe.onError()) {
      case SKIP -> receipt.files() == 0;
      case FAIL -> receipt.failures() > 0;
      case REPLACE -> receipt.failures() > 0 || isReserve(receipt.run());
    };
  }

  private boolean isReserve(long run) {
    return run >= mainRuns();
  }

  /**
   * Whatever went wrong unseen: nothing is published of which a part was never tried.
   *
   * @throws HaltedException when a main run has no receipt
   */
  void requireEveryRun() {
    long recorded = runsBefore + tally.mainRuns();
    if (recorded != mainRuns()) {
      throw HaltedException.failed(
          true,
          "Only %,d of the plan's %,d parts are recorded as done. Nothing was published; resume, and the others are made."
              .formatted(recorded, mainRuns()));
    }
  }

  private long mainRuns() {
    return plan.header().summary().runs();
  }

  /** Waits while there are more workers than there may be; then the lease must be sure. */
  private void waitForTurn(RunQueue queue) {
    queue.pauseWhileTooMany();
    running.keeper().check();
    running.halt().check();
  }

  private Recorder recorder() {
    return new Recorder(
        running.tasks(),
        running.lease(),
        plan.header().sources(),
        running.services().settings().copy().batchSize(),
        Recorder.HAND_OFF_ENTRIES,
        tally,
        running.halt(),
        running.services().meter(),
        r -> running.crashPoint(CrashPoints.Point.RUNS_RECORDED));
  }

  private void placeMainRuns(RunQueue queue, DoneRuns done, PlacingSite site, Recorder recorder)
      throws IOException, InterruptedException {
    SpreadCrew elsewhere = running.services().crew();
    if (elsewhere == null) {
      placeMain(queue, done, site, recorder);
      return;
    }
    try (SpreadPlacing spread =
        SpreadPlacing.open(running, plan, growing, site, recorder, done, pacing.isCopying())) {
      elsewhere.place(spread);
      runsBefore = spread.runsBefore();
    } catch (HaltedException e) {
      running.halt().ask(e.reason().kind(), e.reason().resumable(), e.reason().message());
    }
  }

  private void placeMain(RunQueue queue, DoneRuns done, PlacingSite site, Recorder recorder)
      throws IOException, InterruptedException {
    Failure failure = new Failure();
    Runnable work = TaskLog.with(running.id(), () -> work(queue, site, recorder, failure));
    Crew crew = new Crew(queue, work, running.services().meter());
    Optional<Follower> follower =
        pacing.follower(() -> sample(queue, site, recorder), crew::workers);
    try {
      crew.workers(pacing.workers());
      follower.ifPresent(Follower::start);
      feed(queue, done, site);
      queue.end();
      crew.join();
    } catch (InterruptedException | IOException | RuntimeException | Error e) {
      running.halt().ask(Halt.Kind.STOPPED, true, "stopped: " + e);
      throw e;
    } finally {
      if (running.halt().isAsked()) {
        queue.stop();
      }
      follower.ifPresent(Follower::close);
      crew.joinAll();
      queueMax = queue.outstandingMax();
      failure.rethrow();
    }
  }

  private Sampler.Sample sample(RunQueue queue, PlacingSite site, Recorder recorder) {
    return new Sampler.Sample(
        System.nanoTime(),
        site.files(),
        pacing.copiedBytes().sum(),
        site.backOffs(),
        SYSTEM.getProcessCpuTime(),
        queue.usable(),
        recorder.holdsBack());
  }

  private void feed(RunQueue queue, DoneRuns done, PlacingSite site)
      throws IOException, InterruptedException {
    Iterator<PlanRun> runs = pacing.isCopying() ? plan.runsWithBytes() : plan.runs();
    while (runs.hasNext()) {
      PlanRun run = runs.next();
      if (run.isReserve() || running.halt().isAsked() || site.isFailing()) {
        return;
      }
      if (done.contains(run.number())) {
        runsBefore++;
      } else if (!queue.put(run)) {
        return;
      }
    }
  }

  private void work(RunQueue queue, PlacingSite site, Recorder recorder, Failure failure) {
    CopyProgress.countInto(pacing.copiedBytes());
    try (RunPlacer placer = new RunPlacer(site)) {
      Optional<PlanRun> next = queue.take();
      while (next.isPresent()) {
        PlanRun run = next.get();
        try {
          placeRun(run, placer, site, recorder);
        } finally {
          queue.done(run);
        }
        if (site.isFailing()) {
          queue.stop();
        }
        next = queue.take();
      }
    } catch (HaltedException e) {
      queue.stop();
    } catch (PlacingStoppedException e) {
      running.halt().ask(Halt.Kind.FAILED, e.isResumable(), String.valueOf(e.getMessage()));
      queue.stop();
    } catch (IOException | InterruptedException | RuntimeException e) {
      LOG.debug("A worker ended", e);
      running
          .halt()
          .ask(
              Halt.Kind.FAILED,
              true,
              "A worker ended with %s. What was placed stays; resume.".formatted(e));
      queue.stop();
    } catch (Error e) {
      failure.keep(e);
      queue.stop();
    }
  }

  private void placeRun(PlanRun run, RunPlacer placer, PlacingSite site, Recorder recorder)
      throws IOException, InterruptedException, PlacingStoppedException {
    site.startedWork();
    FinishedRun finished;
    try {
      List<PlanEntry> entries = plan.entries(run);
      finished = placer.place(run, entries);
      running.crashPoint(CrashPoints.Point.RUN_PLACED);
    } finally {
      site.endedWork();
    }
    recorder.put(finished);
  }

  private RunProgress progress(PlacingSite site, RunQueue queue) {
    PlanHeader header = plan.header();
    double soFar = secondsSoFar();
    return new RunProgress(
        Task.Phase.PLACING,
        "placing",
        filesBefore + site.files(),
        header.summary().entries(),
        bytesBefore + site.bytes(),
        header.summary().bytes(),
        site.failures(),
        soFar > 0 ? site.files() / soFar : 0,
        Math.max(0, site.working() - queue.paused()),
        pacing.workers(),
        pacing.why());
  }

  /** An error of a worker, thrown again by the coordinator. */
  private static final class Failure {
    private @Nullable Error error;

    synchronized void keep(Error thrown) {
      if (error == null) {
        error = thrown;
      } else if (error != thrown) {
        error.addSuppressed(thrown);
      }
    }

    synchronized void rethrow() {
      if (error != null) {
        throw error;
      }
    }
  }
}
