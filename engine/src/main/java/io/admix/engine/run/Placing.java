package io.admix.engine.run;

import io.admix.catalog.Receipt;
import io.admix.catalog.Task;
import io.admix.core.plan.PlanEntry;
import io.admix.core.recipe.LinkMethod;
import io.admix.core.recipe.OnError;
import io.admix.core.recipe.Recipe;
import io.admix.engine.RunMeter;
import io.admix.engine.plan.PlanHeader;
import io.admix.engine.plan.PlanRun;
import io.admix.engine.plan.SealedPlan;
import io.admix.engine.report.MethodCount;
import io.admix.engine.settings.Concurrency;
import io.admix.engine.settings.CopySettings;
import io.admix.engine.settings.Resources;
import io.admix.files.Fault;
import io.admix.files.PlacingStoppedException;
import java.io.IOException;
import java.util.ArrayList;
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

  /**
   * Look-ahead: far enough that a folder of half a million files does not keep the workers of other
   * folders waiting.
   */
  static final int QUEUE_RUNS = 512;

  private static final int WORKERS_PER_NETWORK_FOLDER = 4;
  private static final int COPY_WORKERS = 4;
  private static final int NETWORK_WORKERS = 16;

  private final Running running;
  private final SealedPlan plan;
  private final Staging staging;
  private final PlacingSite.Attempt attempt;
  private final Recipe recipe;
  private final Tally tally;
  private final long startedAt = System.nanoTime();
  private @Nullable Concurrency concurrency;
  private long filesBefore;
  private long bytesBefore;
  private double seconds;
  private int queueMax;
  private int workersMax;
  private boolean suspect;

  Placing(Running running, SealedPlan plan, Staging staging, PlacingSite.Attempt attempt) {
    this.running = running;
    this.plan = plan;
    this.staging = staging;
    this.attempt = attempt;
    this.recipe = plan.header().recipe();
    this.tally = new Tally(plan.header().sources().size());
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

  String concurrencyInWords() {
    return concurrency == null ? "" : concurrency.reasons();
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
      staging.removeTemporaries();
      suspect = staging.countFiles() < recordedFiles();
    }
    try (DoneRuns done =
            DoneRuns.read(
                running.tasks(),
                running.lease(),
                running.services().state().scratch(running.id()),
                tally,
                this::isStale);
        SourceRoots roots =
            SourceRoots.open(running.services().access(), plan.header().sources())) {
      PlacingSite site = site(roots);
      tally.keepFailuresOf(running.tasks(), running.id());
      filesBefore = tally.files();
      bytesBefore = tally.bytes();
      running.progress().from(() -> progress(site));
      Crew crew = crew(site);
      try (Recorder recorder = recorder()) {
        recorder.start();
        placeMain(crew, done, site, recorder);
        if (recipe.onError() == OnError.REPLACE && !running.halt().isAsked()) {
          new Replacing(plan, tallyWhenRecorded(recorder), running.halt()).place(site, recorder);
        }
      } finally {
        workersMax = site.workingMax();
      }
      seconds = secondsSoFar();
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

  private long recordedFiles() {
    long[] files = new long[1];
    running.tasks().receipts(running.id(), receipt -> files[0] += receipt.files());
    return files[0];
  }

  /**
   * Whether a run is to be done again: every one when staging lacks files that were recorded; what
   * was recorded before a reboot may not have reached the disk; a run with failures is tried again,
   * and with it every reserve, because fewer or others may be needed now. Skipped files stay
   * skipped, unless nothing at all of their run was placed.
   */
  private boolean isStale(Receipt receipt) {
    if (suspect || !receipt.bootId().equals(RunnerIdentity.bootId())) {
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

  private long mainRuns() {
    return plan.header().summary().runs();
  }

  private PlacingSite site(SourceRoots roots) {
    return new PlacingSite(
        running.services().placers().of(recipe.link(), running::requireLease),
        roots,
        new TargetFolders(staging.folder()),
        recipe.onError(),
        attempt,
        running.halt(),
        running.keeper());
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

  /**
   * How many workers, and how many in one folder: bytes profit from several, links into one folder
   * wait for its lock.
   */
  private Crew crew(PlacingSite site) throws Fault {
    CopySettings settings = running.services().settings().copy();
    Resources resources = Resources.now();
    Concurrency most = Concurrency.of(settings, resources);
    concurrency = most;
    LOG.info("Task {}: {}; seen: {}", running.id(), most.reasons(), resources.inWords());
    boolean isNetwork = staging.folder().volume().isNetwork();
    boolean copies = copiesMostly();
    int start = copies ? COPY_WORKERS : isNetwork ? NETWORK_WORKERS : Math.min(resources.cpus(), 4);
    int workers = settings.adaptive() ? Math.min(most.workers(), start) : most.workers();
    int perFolder = copies ? workers : isNetwork ? WORKERS_PER_NETWORK_FOLDER : 1;
    return new Crew(workers, perFolder);
  }

  private boolean copiesMostly() {
    MethodCount copies =
        plan.header().summary().methods().getOrDefault(LinkMethod.COPY, MethodCount.NONE);
    boolean onlyCopy = recipe.link().equals(List.of(LinkMethod.COPY));
    return onlyCopy || copies.files() * 2 > plan.header().summary().entries();
  }

  private void placeMain(Crew crew, DoneRuns done, PlacingSite site, Recorder recorder)
      throws IOException, InterruptedException {
    RunQueue queue = new RunQueue(QUEUE_RUNS, crew.perFolder());
    RunMeter meter = running.services().meter();
    meter.workers(crew.workers());
    List<Thread> workers = new ArrayList<>();
    Failure failure = new Failure();
    for (int i = 0; i < crew.workers(); i++) {
      workers.add(
          Thread.ofPlatform()
              .name("admix-place-" + i)
              .start(TaskLog.with(running.id(), () -> work(queue, site, recorder, failure))));
    }
    try {
      feed(queue, done, site);
      queue.end();
      join(workers);
    } catch (InterruptedException | IOException | RuntimeException | Error e) {
      running.halt().ask(Halt.Kind.STOPPED, true, "stopped: " + e);
      throw e;
    } finally {
      if (running.halt().isAsked()) {
        queue.stop();
      }
      joinAll(workers);
      meter.workers(-crew.workers());
      queueMax = queue.outstandingMax();
      failure.rethrow();
    }
  }

  private void feed(RunQueue queue, DoneRuns done, PlacingSite site)
      throws IOException, InterruptedException {
    Iterator<PlanRun> runs = plan.runs();
    while (runs.hasNext()) {
      PlanRun run = runs.next();
      if (run.isReserve() || running.halt().isAsked() || site.isFailing()) {
        return;
      }
      if (!done.contains(run.number()) && !queue.put(run)) {
        return;
      }
    }
  }

  private void work(RunQueue queue, PlacingSite site, Recorder recorder, Failure failure) {
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

  private static void join(List<Thread> workers) throws InterruptedException {
    for (Thread worker : workers) {
      worker.join();
    }
  }

  /** Workers must be gone before staging is published, cleaned or left to another runner. */
  private static void joinAll(List<Thread> workers) {
    boolean interrupted = false;
    for (Thread worker : workers) {
      while (worker.isAlive()) {
        try {
          worker.join();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private RunProgress progress(PlacingSite site) {
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
        site.working());
  }

  /** Number of workers, and how many of them may be in one folder. */
  private record Crew(int workers, int perFolder) {}

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
