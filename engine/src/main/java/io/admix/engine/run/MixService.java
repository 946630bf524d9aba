package io.admix.engine.run;

import io.admix.catalog.Catalog;
import io.admix.catalog.Dataset;
import io.admix.catalog.Ids;
import io.admix.catalog.Task;
import io.admix.catalog.TaskOrigin;
import io.admix.core.name.Printable;
import io.admix.core.name.SafeNames;
import io.admix.core.recipe.Recipe;
import io.admix.engine.RefusedException;
import io.admix.engine.StopSignal;
import io.admix.engine.place.Place;
import io.admix.engine.plan.InfeasibleException;
import io.admix.engine.plan.InvalidPlanException;
import io.admix.engine.plan.PlanException;
import io.admix.engine.plan.PlanHeader;
import io.admix.engine.plan.PlanProgress;
import io.admix.engine.plan.PlanSummary;
import io.admix.engine.plan.SealedPlan;
import io.admix.engine.recipe.RecipeDocument;
import io.admix.engine.report.ReportJson;
import io.admix.engine.report.RunReport;
import io.admix.engine.verify.Manifests;
import io.admix.engine.verify.Verifier;
import io.admix.engine.verify.VerifyReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Mixes over one catalogue. */
final class MixService implements Mixes {
  private final Services services;
  private final Catalog catalog;
  private final Making making;
  private final Housekeeping housekeeping;

  MixService(Services services) {
    this.services = services;
    this.catalog = services.catalog();
    this.making = new Making(services);
    this.housekeeping = new Housekeeping(services);
  }

  @Override
  public PlanSummary plan(
      RecipeDocument document, OptionalLong seed, @Nullable Path out, PlanProgress progress)
      throws IOException,
          InterruptedException,
          InfeasibleException,
          PlanException,
          RefusedException {
    if (out != null && Files.exists(out, LinkOption.NOFOLLOW_LINKS)) {
      throw new RefusedException(
          "The plan file " + out + " exists. Name another, or remove it; nothing was planned.");
    }
    Recipe asked = Recipes.absolute(document.recipe(), document.folder());
    Recipe recipe = asked.withSeed(Making.seedOf(asked, seed).orElseGet(making::drawSeed));
    return making.planned(recipe, out, progress);
  }

  @Override
  public RunReport run(
      RecipeDocument document, OptionalLong seed, RunProgress.Listener progress, StopSignal stop)
      throws IOException,
          InterruptedException,
          InfeasibleException,
          PlanException,
          RefusedException,
          TaskFailedException,
          TaskInterruptedException {
    housekeeping.clean();
    Recipe asked = Recipes.absolute(document.recipe(), document.folder());
    return ended(
        making.run(
            new Making.Request(asked, Making.seedOf(asked, seed), null, ""), progress, stop));
  }

  /** Where plans are not kept at all, the one just executed goes. */
  private RunReport ended(RunReport report) {
    if (services.settings().keepPlans().isZero()) {
      housekeeping.clean();
    }
    return report;
  }

  @Override
  public RunReport run(Path planFile, RunProgress.Listener progress, StopSignal stop)
      throws IOException,
          InterruptedException,
          InvalidPlanException,
          InfeasibleException,
          PlanException,
          RefusedException,
          TaskFailedException,
          TaskInterruptedException {
    housekeeping.clean();
    Making.Request request;
    try (SealedPlan plan = SealedPlan.open(planFile)) {
      requireAbsolute(planFile, plan.header());
      Recipe written = plan.header().recipe();
      requireName(planFile, written.name());
      Recipe recipe =
          Recipes.absolute(
              Making.withTarget(written, plan.header().summary().targetPath()),
              Path.of(plan.header().folder()));
      request =
          new Making.Request(
              recipe, OptionalLong.of(plan.header().summary().seed()), planFile, plan.fileSha256());
    }
    return ended(making.run(request, progress, stop));
  }

  /** A plan keeps a service's names, which may be any text; a dataset made here has a safe one. */
  private static void requireName(Path file, String name) throws InvalidPlanException {
    Optional<String> problem = SafeNames.problemOfName(name);
    if (problem.isPresent()) {
      throw new InvalidPlanException(
          "plan %s is of a dataset `%s`, whose name %s; nothing was made"
              .formatted(file, Printable.of(name), problem.get()));
    }
  }

  /** A sealed plan says itself where it writes: that must be what a reader of it sees. */
  private static void requireAbsolute(Path file, PlanHeader header) throws InvalidPlanException {
    for (String written : List.of(header.summary().targetPath(), header.folder())) {
      if (!Place.isStoredForm(written)) {
        throw new InvalidPlanException(
            "plan %s names the folder '%s', which is not an absolute path in normal form; nothing was made"
                .formatted(file, Printable.of(written)));
      }
    }
  }

  @Override
  public RunReport resume(String taskId, RunProgress.Listener progress, StopSignal stop)
      throws IOException,
          InterruptedException,
          InfeasibleException,
          PlanException,
          RefusedException,
          TaskFailedException,
          TaskInterruptedException {
    housekeeping.clean();
    Task task = find(taskId);
    boolean isOver =
        task.status() == Task.Status.CANCELLED
            || task.status() == Task.Status.FAILED && !task.resumable();
    if (isOver) {
      throw new RefusedException(
          "Task %s is %s and cannot go on; run its recipe again.".formatted(taskId, task.status()));
    }
    return ended(making.acquired(task, null, progress, stop));
  }

  @Override
  public List<Task> tasks() {
    return catalog.tasks().list();
  }

  @Override
  public List<Leftover> leftovers() throws IOException {
    return housekeeping.leftovers();
  }

  @Override
  public Optional<Task> task(String id) {
    return catalog.tasks().byId(id);
  }

  @Override
  public RunReport report(Task task) throws IOException {
    String stored = task.report();
    if (stored != null) {
      return ReportJson.read(stored);
    }
    Path file = services.state().plan(task.id());
    if (task.planSha256() == null || !Files.exists(file)) {
      return Reports.unplanned(task);
    }
    try (SealedPlan plan = SealedPlan.openTrusted(file)) {
      Tally tally = new Tally(plan.header().sources().size());
      catalog.tasks().receipts(task.id(), receipt -> tally.add(ReceiptDetails.of(receipt)));
      tally.keepFailuresOf(catalog.tasks(), task.id());
      return Reports.of(task, task.status(), plan.header(), tally, Reports.Pace.NONE, "");
    } catch (InvalidPlanException e) {
      throw new IOException(e.getMessage(), e);
    } catch (DamagedReceiptException e) {
      throw new IOException(
          "What task %s has placed cannot be told, %s. Resume it: that run is done again."
              .formatted(task.id(), e.getMessage()),
          e);
    }
  }

  @Override
  public Task await(String taskId, Duration most) throws InterruptedException, RefusedException {
    return new Waiting(services.catalog().tasks()).await(find(taskId), most);
  }

  @Override
  public Cancelled cancel(String taskId)
      throws IOException, InterruptedException, RefusedException {
    return new Cancelling(services).cancel(taskId);
  }

  @Override
  public String delete(String taskId) throws IOException, InterruptedException, RefusedException {
    Task task = find(taskId);
    boolean isOver =
        task.status().isFinal() || task.status() == Task.Status.FAILED && !task.resumable();
    String left = "";
    if (!isOver) {
      Cancelled cancelled = new Cancelling(services).cancelAndWait(taskId);
      task = cancelled.task();
      left = cancelled.left();
    }
    if (task.status() == Task.Status.COMPLETED
        && catalog.datasets().byId(task.datasetId()).isPresent()) {
      // The manifest belongs to the dataset, which stays.
      services.state().removeAllButManifest(taskId);
    } else {
      services.state().remove(taskId);
    }
    // The record last: a folder without one would be nobody's.
    catalog.tasks().delete(taskId);
    if (task.origin() == TaskOrigin.COMMAND) {
      // A service cleans by itself, and nobody's request waits for it.
      housekeeping.clean();
    }
    return left;
  }

  @Override
  public VerifyReport verify(String name)
      throws IOException, InterruptedException, RefusedException {
    Dataset dataset =
        catalog
            .datasets()
            .find(name)
            .orElseThrow(() ->
                new RefusedException(
                    "There is no dataset '%s'. See: admix dataset list".formatted(name)));
    if (dataset.kind() != Dataset.Kind.MIXED) {
      throw new RefusedException(
          "The dataset '%s' was registered from a folder; only a dataset that Admix published has a manifest to verify."
              .formatted(name));
    }
    Manifests manifests = new Manifests(catalog, services.settings().stateDir());
    Path manifest =
        manifests
            .of(dataset)
            .orElseThrow(() ->
                new RefusedException(
                    "The manifest of '%s' is not in the state folder %s."
                        .formatted(name, services.settings().stateDir())));
    long files = manifests.check(dataset, manifest);
    try (OwnedFolder scratch = OwnedFolder.make(services.state().root(), "verify-" + Ids.next())) {
      return new Verifier(services.access(), services.objects(), scratch.path())
          .verify(dataset.name(), Place.parse(dataset.path()), manifest, files);
    }
  }

  private Task find(String taskId) throws RefusedException {
    return catalog
        .tasks()
        .byId(taskId)
        .orElseThrow(() ->
            new RefusedException("There is no task '%s'. See: admix task list".formatted(taskId)));
  }
}
