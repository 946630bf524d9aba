package io.admix.engine.run;

import io.admix.catalog.LeaseLostException;
import io.admix.catalog.Task;
import io.admix.catalog.Tasks;
import io.admix.core.recipe.OnError;
import io.admix.core.recipe.Recipe;
import io.admix.engine.StopSignal;
import io.admix.engine.place.Place;
import io.admix.engine.place.StoreTrouble;
import io.admix.engine.plan.InfeasibleException;
import io.admix.engine.plan.InvalidPlanException;
import io.admix.engine.plan.PlanException;
import io.admix.engine.plan.PlanProgress;
import io.admix.engine.plan.PlanRequest;
import io.admix.engine.plan.PlanSummary;
import io.admix.engine.plan.SealedPlan;
import io.admix.engine.recipe.RecipeJson;
import io.admix.engine.report.FailureReport;
import io.admix.engine.report.RunReport;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs one acquired task from the phase in which it is to its end. A first run and a recovery are
 * the same code: planning finds a sealed plan or makes one, placing skips runs that have a receipt,
 * and publishing looks where the folder is.
 */
final class TaskRunner {
  private static final Logger LOG = LoggerFactory.getLogger(TaskRunner.class);

  private final Services services;
  private @Nullable Placing placing;

  TaskRunner(Services services) {
    this.services = services;
  }

  /**
   * Runs the task and gives its lease back, whatever happens but an {@link Error}: that leaves all
   * as a crash does.
   */
  RunReport run(
      Task task, Tasks.Lease lease, long acquiredAt, RunProgress.Listener listener, StopSignal stop)
      throws IOException,
          InterruptedException,
          InfeasibleException,
          PlanException,
          TaskFailedException,
          TaskInterruptedException {
    Halt halt = new Halt(stop);
    try (LeaseKeeper keeper =
            new LeaseKeeper(
                services.catalog().tasks(),
                lease,
                services.leaseLength(),
                halt,
                System::nanoTime,
                acquiredAt);
        ProgressTeller progress = new ProgressTeller(listener)) {
      keeper.start();
      progress.start();
      Tasks patient = new PatientTasks(services.catalog().tasks(), services.leaseLength(), halt);
      return run(
          new Running(services, task, lease, halt, keeper, patient, progress, new PhaseClock()));
    }
  }

  private RunReport run(Running running)
      throws IOException,
          InterruptedException,
          InfeasibleException,
          PlanException,
          TaskFailedException,
          TaskInterruptedException {
    Ending ending = new Ending(running);
    try {
      refuseCancelled(running);
      return execute(running);
    } catch (InfeasibleException | PlanException e) {
      infeasible(ending, e);
      throw e;
    } catch (InterruptedException | ClosedByInterruptException e) {
      Thread.interrupted();
      stopped(ending);
      throw new InterruptedException("interrupted; " + ending.howToGoOn());
    } catch (LeaseLostException e) {
      throw ending.leaseLost("another runner took it over");
    } catch (HaltedException e) {
      throw ending.halted(e.reason(), failures());
    } catch (IOException | RuntimeException e) {
      LOG.debug("Task {} failed", running.id(), e);
      Halt.Reason reason =
          running.halt().reason().filter(r -> r.kind() != Halt.Kind.STOPPED).orElse(null);
      if (reason != null) {
        throw ending.halted(reason, failures());
      }
      throw ending.halted(new Halt.Reason(Halt.Kind.FAILED, true, words(e)), failures());
    }
  }

  /** A cancel that the runner before did not hear any more; a publish that has begun goes on. */
  private static void refuseCancelled(Running running) {
    if (running.task().cancelRequested() && running.task().phase() != Task.Phase.PUBLISHING) {
      throw new HaltedException(Halt.Kind.CANCELLED, false, "cancelled");
    }
  }

  private static void infeasible(Ending ending, Exception e) throws TaskInterruptedException {
    try {
      ending.failed(false, String.valueOf(e.getMessage()));
    } catch (LeaseLostException lost) {
      throw ending.leaseLost("another runner took it over");
    }
  }

  private static void stopped(Ending ending) throws TaskInterruptedException {
    try {
      ending.stopped();
    } catch (LeaseLostException lost) {
      throw ending.leaseLost("another runner took it over");
    }
  }

  /** Never empty: a channel that was closed, for example, throws without a word. */
  static String words(Exception e) {
    return StoreTrouble.words(e);
  }

  private List<FailureReport> failures() {
    Placing current = placing;
    return current == null ? List.of() : current.tally().failures();
  }

  private RunReport execute(Running running)
      throws IOException, InterruptedException, InfeasibleException, PlanException {
    return switch (running.task().phase()) {
      case PLANNING -> {
        plan(running);
        try (SealedPlan plan = openSealed(running)) {
          yield placeAndPublish(running, plan, begin(running, plan), PlacingSite.Attempt.FIRST);
        }
      }
      case PLACING -> {
        try (SealedPlan plan = openBegun(running)) {
          yield placeAndPublish(
              running,
              plan,
              MixTarget.of(services, running.task()).open(running.task()),
              PlacingSite.Attempt.RESUMED);
        }
      }
      case PUBLISHING -> {
        try (SealedPlan plan = openBegun(running)) {
          services.state().removeScratch(running.id());
          yield new Publishing(running, plan).recover(savedReport(running, plan));
        }
      }
      case DONE -> throw HaltedException.failed(false, "task " + running.id() + " is done");
    };
  }

  /**
   * The report as it was written before the publish began, or counted again where it is damaged.
   */
  private RunReport savedReport(Running running, SealedPlan plan) throws IOException {
    Optional<RunReport> saved = SavedReport.read(services.state().report(running.id()));
    if (saved.isPresent()) {
      return saved.get();
    }
    LOG.warn("The saved report of task {} is not there whole; it is made again", running.id());
    Tally tally = new Tally(plan.header().sources().size());
    running.tasks().receipts(running.id(), receipt -> tally.add(ReceiptDetails.of(receipt)));
    tally.keepFailuresOf(running.tasks(), running.id());
    return Reports.of(
        running.task(), Task.Status.COMPLETED, plan.header(), tally, Reports.Pace.NONE, "");
  }

  /** Makes and seals the plan, unless an earlier attempt or the caller has left a whole one. */
  private void plan(Running running)
      throws IOException, InterruptedException, InfeasibleException, PlanException {
    Path file = services.state().plan(running.id());
    services.state().make(running.id());
    services.state().removeTemporaries(running.id());
    if (!isSealedFor(running.task(), file)) {
      Recipe recipe = RecipeJson.parse(running.task().recipe());
      Place target = Place.parse(running.task().targetPath());
      PlanRequest request =
          services.planRequest(recipe, target, running.task().origin(), running.task().owner());
      Path scratch = services.state().scratch(running.id());
      Files.createDirectories(scratch);
      services.planner().plan(request, scratch, file, new Planning(running));
      services.state().removeScratch(running.id());
    }
    running.crashPoint(CrashPoints.Point.PLAN_SEALED);
    running.halt().check();
  }

  /** What planning tells of itself. */
  private record Planning(Running running) implements PlanProgress {
    @Override
    public void at(String step, long files) {
      running.keeper().check();
      running.halt().check();
      running.progress().from(() -> ProgressTeller.step(Task.Phase.PLANNING, step, files));
    }

    @Override
    public void hasRead() {
      running.clock().hasRead();
    }
  }

  /**
   * Whether a plan lies there. It was written whole or not at all, so that one which cannot be used
   * was changed since: another made in its place might not be the one that was asked for.
   */
  private static boolean isSealedFor(Task task, Path file) throws IOException {
    if (!Files.exists(file)) {
      return false;
    }
    try (SealedPlan plan = SealedPlan.open(file)) {
      PlanSummary summary = plan.header().summary();
      if (summary.targetPath().equals(task.targetPath()) && summary.name().equals(task.name())) {
        return true;
      }
    } catch (InvalidPlanException e) {
      throw notBegun(task, String.valueOf(e.getMessage()));
    }
    throw notBegun(task, file + " is the plan of another mix.");
  }

  private static HaltedException notBegun(Task task, String why) {
    return HaltedException.failed(
        true,
        "The sealed plan of this task cannot be used, and nothing was placed: %s Cancel the task (admix task cancel %s), then run its recipe or plan again."
            .formatted(why, task.id()));
  }

  private SealedPlan openSealed(Running running) throws IOException {
    try {
      return SealedPlan.openTrusted(services.state().plan(running.id()));
    } catch (InvalidPlanException e) {
      throw HaltedException.failed(
          true, "The sealed plan of this task cannot be used: " + e.getMessage());
    }
  }

  /**
   * Reads the plan of an earlier attempt from end to end: it may have been edited since, or belong
   * to another task.
   */
  private SealedPlan openBegun(Running running) throws IOException {
    SealedPlan plan;
    try {
      plan = SealedPlan.open(services.state().plan(running.id()));
    } catch (InvalidPlanException e) {
      throw HaltedException.failed(
          true,
          "The sealed plan of this task cannot be used, so that nothing was placed: "
              + e.getMessage());
    }
    try {
      requireSamePlan(running, plan);
      return plan;
    } catch (HaltedException e) {
      plan.close();
      throw e;
    }
  }

  private static void requireSamePlan(Running running, SealedPlan plan) {
    if (!plan.fileSha256().equals(running.task().planSha256())) {
      throw HaltedException.failed(
          true,
          "The sealed plan of task %s is not the one that was begun: nothing was placed. Bring the right file back, or cancel the task."
              .formatted(running.id()));
    }
  }

  /** Makes what the mix grows in and commits its identity, before the first file is made. */
  private Growing begin(Running running, SealedPlan plan) throws IOException, PlanException {
    requireSeen(plan);
    MixTarget target = MixTarget.of(services, running.task());
    target.requireFit(plan.header());
    Growing growing = target.make(running.task(), running::requireLease);
    try {
      running.crashPoint(CrashPoints.Point.STAGING_MADE);
      running
          .tasks()
          .startPlacing(
              running.lease(),
              plan.fileSha256(),
              plan.header().summary().entries(),
              growing.identity());
      running.crashPoint(CrashPoints.Point.PLACING_STARTED);
      return growing;
    } catch (RuntimeException | Error e) {
      growing.close();
      throw e;
    }
  }

  /**
   * Under {@code on-error: fail} a plan with files that were not there cannot succeed: refused
   * before anything is made.
   */
  private static void requireSeen(SealedPlan plan) throws IOException {
    long unseen = plan.header().summary().unseen();
    if (unseen == 0 || plan.header().recipe().onError() != OnError.FAIL) {
      return;
    }
    throw HaltedException.failed(false, new UnseenFiles(plan).inWords());
  }

  private RunReport placeAndPublish(
      Running running, SealedPlan plan, Growing opened, PlacingSite.Attempt attempt)
      throws IOException, InterruptedException {
    try (Growing growing = opened) {
      running.clock().hasPlanned();
      Placing current = new Placing(running, plan, growing, attempt);
      placing = current;
      current.execute();
      running.clock().hasPlaced(current.recordingNanos());
      requireNoFailures(plan, current.tally());
      current.requireEveryRun();
      requireSomething(plan, current.tally());
      requireUntouched(running, plan, growing, current.tally());
      RunReport report =
          Reports.of(
              running.task(),
              Task.Status.COMPLETED,
              plan.header(),
              current.tally(),
              current.pace(),
              current.concurrencyInWords());
      // Nothing goes on with a task that is published: what it needs no more is removed before.
      services.state().removeScratch(running.id());
      return new Publishing(running, plan).publish(growing, report);
    }
  }

  private static void requireNoFailures(SealedPlan plan, Tally tally) {
    if (plan.header().recipe().onError() != OnError.FAIL || tally.failuresTotal() == 0) {
      return;
    }
    throw HaltedException.failed(
        true,
        "%s could not be placed. Mend the cause and resume, or cancel and use on-error: skip or replace."
            .formatted(
                tally.failuresTotal() == 1
                    ? "1 file"
                    : "%,d files".formatted(tally.failuresTotal())));
  }

  /** Whatever the recipe forgives, a mix of which no file could be placed is no dataset. */
  private static void requireSomething(SealedPlan plan, Tally tally) {
    if (tally.files() > 0 || plan.header().summary().entries() == 0) {
      return;
    }
    throw HaltedException.failed(
        true,
        "None of the %,d files could be placed, so that nothing was published. Mend the cause and resume."
            .formatted(plan.header().summary().entries()));
  }

  /**
   * Somebody may have deleted from what grows, or added to it, while it was filled: what is
   * published must be what was recorded.
   */
  private static void requireUntouched(
      Running running, SealedPlan plan, Growing growing, Tally tally) throws IOException {
    Growing.Found found = growing.look(new Recordings(plan, running.tasks(), running.id()));
    if (found.placed() == tally.files() && found.others() == 0) {
      return;
    }
    throw HaltedException.failed(
        true,
        "%s holds %,d files, but %,d were placed: somebody changed it meanwhile. Nothing was published. %s"
            .formatted(
                growing.where(),
                found.placed() + found.others(),
                tally.files(),
                found.placed() < tally.files()
                    ? "Resume: every file is looked at again, and made where it is gone."
                    : "Take out what is not ours, then resume."));
  }
}
