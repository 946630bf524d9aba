package io.admix.engine.run;

import io.admix.core.plan.PlanEntry;
import io.admix.engine.plan.PlanHeader.PlanSource;
import io.admix.engine.plan.PlanRun;
import io.admix.engine.plan.SealedPlan;
import io.admix.files.Errno;
import io.admix.files.FailureReason;
import io.admix.files.Fault;
import io.admix.files.Folder;
import io.admix.files.PlacingStoppedException;
import io.admix.files.Stat;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One task's runs on their way to a crew elsewhere and back. */
final class SpreadPlacing implements SpreadWork, AutoCloseable {
  private final Running running;
  private final SealedPlan plan;
  private final Staging staging;
  private final PlacingSite site;
  private final Recorder recorder;
  private final DoneRuns done;
  private final Iterator<PlanRun> runs;
  private final RunSite.Facts facts;
  private final EntryMaker maker;
  private long runsBefore;

  private SpreadPlacing(
      Running running,
      SealedPlan plan,
      Staging staging,
      PlacingSite site,
      Recorder recorder,
      DoneRuns done,
      Iterator<PlanRun> runs)
      throws Fault {
    this.running = running;
    this.plan = plan;
    this.staging = staging;
    this.site = site;
    this.recorder = recorder;
    this.done = done;
    this.runs = runs;
    this.facts = factsOf(running, plan, staging);
    this.maker = site.openMaker();
  }

  /**
   * @param withBytes whether runs are to tell their bytes
   * @throws HaltedException when this can be done by this process only
   */
  static SpreadPlacing open(
      Running running,
      SealedPlan plan,
      Growing growing,
      PlacingSite site,
      Recorder recorder,
      DoneRuns done,
      boolean withBytes)
      throws IOException {
    boolean ofObjects = plan.header().sources().stream().anyMatch(s -> s.place().isObjects());
    if (ofObjects || !(growing instanceof Staging staging)) {
      throw HaltedException.failed(
          true,
          "Executors place files between folders only, and a source or the target of this mix is in a store of objects. Nothing was placed; this machine alone makes it with: admix task resume "
              + running.id());
    }
    Iterator<PlanRun> runs = withBytes ? plan.runsWithBytes() : plan.runs();
    return new SpreadPlacing(running, plan, staging, site, recorder, done, runs);
  }

  /** Whoever places must see the very folders that this process sees. */
  private static RunSite.Facts factsOf(Running running, SealedPlan plan, Staging staging)
      throws Fault {
    List<PlanSource> sources = plan.header().sources();
    List<RunSite.Root> seen = new ArrayList<>();
    try (SourceRoots roots = SourceRoots.open(running.services().access(), sources)) {
      for (int i = 0; i < sources.size(); i++) {
        PlanSource source = sources.get(i);
        seen.add(new RunSite.Root(source.name(), source.root(), roots.root(i).stat().inode()));
      }
    }
    return new RunSite.Facts(
        staging.path(),
        staging.identity(),
        List.copyOf(seen),
        List.copyOf(plan.header().recipe().link()),
        plan.header().recipe().onError(),
        RunnerIdentity.bootId());
  }

  /** Main runs that were recorded already. */
  long runsBefore() {
    return runsBefore;
  }

  @Override
  public String taskId() {
    return running.id();
  }

  @Override
  public long fence() {
    return running.lease().fence();
  }

  @Override
  public long leaseNanos() {
    return running.services().leaseLength().toNanos();
  }

  @Override
  public RunSite.Facts facts() {
    return facts;
  }

  @Override
  public Path folder() {
    return running.services().state().scratch(running.id());
  }

  @Override
  public long runs() {
    return plan.header().summary().runs();
  }

  @Override
  public Optional<PlanRun> next() throws IOException {
    while (!isStopping() && runs.hasNext()) {
      PlanRun run = runs.next();
      if (run.isReserve()) {
        return Optional.empty();
      }
      if (!done.contains(run.number())) {
        return Optional.of(run);
      }
      runsBefore++;
    }
    return Optional.empty();
  }

  @Override
  public List<PlanEntry> entries(PlanRun run) throws IOException {
    return plan.entries(run);
  }

  @Override
  public void finished(PlanRun run, List<PlanEntry> entries, List<EntryResult> results)
      throws InterruptedException {
    for (int i = 0; i < entries.size(); i++) {
      if (!(results.get(i) instanceof EntryResult.Unused)) {
        site.counted(entries.get(i), results.get(i));
      }
    }
    running.crashPoint(CrashPoints.Point.RUN_PLACED);
    recorder.put(new FinishedRun(run, entries, results));
  }

  @Override
  public List<EntryResult> lookedAt(
      PlanRun run, List<PlanEntry> entries, List<EntryResult> results, String host) {
    List<EntryResult> found = new ArrayList<>(results.size());
    try (Folder folder = staging.folder().open(run.targetFolder())) {
      for (int i = 0; i < entries.size(); i++) {
        requireGone(entries.get(i), results.get(i), host);
        found.add(lookedAt(folder, entries.get(i), results.get(i)));
      }
    } catch (Fault e) {
      throw HaltedException.failed(
          true,
          "What several executors placed in one folder cannot be looked at: %s. Mend the cause, then resume; what was placed stays."
              .formatted(e.getMessage()));
    } catch (PlacingStoppedException e) {
      throw HaltedException.failed(e.isResumable(), String.valueOf(e.getMessage()));
    } finally {
      maker.endRun();
    }
    return found;
  }

  /** What is there of an entry that cannot be placed was made by an attempt that could. */
  private EntryResult lookedAt(Folder folder, PlanEntry entry, EntryResult told)
      throws Fault, PlacingStoppedException {
    Stat there = statOrNull(folder, entry.targetName());
    if (told instanceof EntryResult.Placed placed) {
      return there != null && placed.isStill(there) ? told : maker.make(entry);
    }
    if (there == null) {
      return told;
    }
    EntryResult again = maker.make(entry);
    if (again instanceof EntryResult.Failed) {
      maker.removeLeftover(entry);
    }
    return again;
  }

  /** A mount point without its mount may look like the folder that is meant. */
  private void requireGone(PlanEntry entry, EntryResult told, String host) {
    boolean isMissed =
        told instanceof EntryResult.Failed failed
            && (failed.reason() == FailureReason.SOURCE_MISSING
                || failed.reason() == FailureReason.SOURCE_CHANGED);
    if (!isMissed || !entry.seen().isThere() || entry.realPath() != null || !isAsPlanned(entry)) {
      return;
    }
    PlanSource source = plan.header().sources().get(entry.source());
    throw HaltedException.failed(
        true,
        "The executor %s does not see the file %s of source '%s' that is there as it was planned. Is a mount missing there? Executors need the folders of sources and target under the same paths as the driver. Mend it, then resume; what was placed stays."
            .formatted(host, entry.sourcePath(), source.name()));
  }

  private boolean isAsPlanned(PlanEntry entry) {
    Folder.Expected expected =
        new Folder.Expected(entry.seen().inode(), entry.size(), entry.seen().modifiedNs());
    Path root = Path.of(plan.header().sources().get(entry.source()).root());
    try (Folder top = running.services().access().open(root);
        Folder folder = top.open(entry.sourceFolder())) {
      return expected.matches(folder.stat(entry.sourceName()));
    } catch (Fault e) {
      return false;
    }
  }

  private static @Nullable Stat statOrNull(Folder folder, String name) throws Fault {
    try {
      return folder.stat(name);
    } catch (Fault e) {
      if (e.errno() == Errno.ENOENT) {
        return null;
      }
      throw e;
    }
  }

  @Override
  public void removeHalfMade() throws IOException {
    running.requireLease();
    staging.removeHalfMade();
  }

  @Override
  public boolean isSure() {
    return running.keeper().isSure();
  }

  @Override
  public boolean isStopping() {
    return running.halt().isAsked() || site.isFailing();
  }

  @Override
  public void check() {
    running.keeper().check();
    running.halt().check();
  }

  @Override
  public void stop(boolean resumable, String message) {
    running.halt().ask(Halt.Kind.FAILED, resumable, message);
  }

  @Override
  public void close() {
    maker.close();
  }
}
