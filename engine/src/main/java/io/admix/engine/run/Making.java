package io.admix.engine.run;

import io.admix.catalog.Actor;
import io.admix.catalog.Catalog;
import io.admix.catalog.CommitUnknownException;
import io.admix.catalog.Ids;
import io.admix.catalog.NameTakenException;
import io.admix.catalog.Task;
import io.admix.catalog.Tasks;
import io.admix.core.recipe.Recipe;
import io.admix.core.recipe.RecipeDifference;
import io.admix.engine.RefusedException;
import io.admix.engine.StopSignal;
import io.admix.engine.place.Place;
import io.admix.engine.plan.InfeasibleException;
import io.admix.engine.plan.PlanException;
import io.admix.engine.plan.PlanProgress;
import io.admix.engine.plan.PlanRequest;
import io.admix.engine.plan.PlanScope;
import io.admix.engine.plan.PlanSummary;
import io.admix.engine.recipe.RecipeJson;
import io.admix.engine.report.ReportJson;
import io.admix.engine.report.RunReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Makes a mix out of a recipe, whatever state an earlier command left it in: the dataset's name is
 * the key.
 */
final class Making {
  private static final int CLAIM_TRIES = 5;

  private final Services services;
  private final Catalog catalog;
  private final SecureRandom random = new SecureRandom();

  Making(Services services) {
    this.services = services;
    this.catalog = services.catalog();
  }

  static Recipe withTarget(Recipe r, String target) {
    return new Recipe(
        r.name(),
        r.seed(),
        r.total(),
        target,
        r.layout(),
        r.link(),
        r.onShortage(),
        r.onError(),
        r.sources());
  }

  /**
   * What is to be made.
   *
   * @param recipe absolute
   * @param seed that was asked for, if any
   * @param plan to be executed as it is, or null
   */
  record Request(Recipe recipe, OptionalLong seed, @Nullable Path plan, String planSha256) {}

  RunReport run(Request request, RunProgress.Listener progress, StopSignal stop)
      throws IOException,
          InterruptedException,
          InfeasibleException,
          PlanException,
          RefusedException,
          TaskFailedException,
          TaskInterruptedException {
    CommitUnknownException unknown = null;
    for (int i = 0; i < CLAIM_TRIES; i++) {
      Optional<Task> holder = holder(request.recipe().name());
      if (holder.isEmpty()) {
        Optional<Task> created = Optional.empty();
        try {
          created = create(request);
        } catch (CommitUnknownException e) {
          // The next look finds who holds the name: this task, or nobody.
          unknown = e;
        }
        if (created.isPresent()) {
          return runNew(created.get(), progress, stop);
        }
      } else {
        Task task = holder.get();
        requireSameRecipe(task, request);
        if (task.status() == Task.Status.COMPLETED) {
          return published(task, request);
        }
        return acquired(task, request.plan(), progress, stop);
      }
    }
    if (unknown != null) {
      throw unknown;
    }
    throw new RefusedException(
        "The name '%s' is claimed and freed by others again and again; try again."
            .formatted(request.recipe().name()));
  }

  /** A recipe that cannot be planned leaves no trace: nothing was made. */
  private RunReport runNew(Task task, RunProgress.Listener progress, StopSignal stop)
      throws IOException,
          InterruptedException,
          InfeasibleException,
          PlanException,
          RefusedException,
          TaskFailedException,
          TaskInterruptedException {
    try {
      services.crash().at(CrashPoints.Point.CREATED);
      return acquired(task, null, progress, stop);
    } catch (InfeasibleException | PlanException e) {
      // The record last: a folder without one would be nobody's.
      services.state().remove(task.id());
      catalog.tasks().delete(task.id());
      throw e;
    }
  }

  /**
   * Creates the task and claims name and target, or gives empty when somebody was faster.
   *
   * @throws CommitUnknownException when the answer was lost: the task may be there or not
   */
  private Optional<Task> create(Request request) throws IOException, RefusedException {
    Recipe recipe = request.recipe().withSeed(request.seed().orElseGet(this::drawSeed));
    Place target = Recipes.target(recipe);
    Optional<String> inTheWay = MixTarget.of(services, target).inTheWay();
    if (inTheWay.isPresent()) {
      throw new RefusedException("The %s; nothing was made.".formatted(inTheWay.get()));
    }
    String id = Ids.next();
    try {
      return Optional.of(
          request.plan() == null
              ? record(id, recipe)
              : BroughtPlan.with(
                  services, request.plan(), id, () -> record(id, recipe), made -> true));
    } catch (NameTakenException e) {
      if (holder(recipe.name()).isPresent()) {
        return Optional.empty();
      }
      throw new RefusedException(String.valueOf(e.getMessage()));
    }
  }

  /** What commands make is the system's: a task of another owner is never taken for this one. */
  private Optional<Task> holder(String name) {
    return catalog.tasks().holderOfName(Actor.SYSTEM.owner(), name);
  }

  private Task record(String id, Recipe recipe) {
    return catalog
        .tasks()
        .create(Recipes.newTask(id, Ids.next(), recipe, catalog, Recipes.Owned.byCommand(recipe)));
  }

  static OptionalLong seedOf(Recipe recipe, OptionalLong asked) {
    Long written = recipe.seed();
    return asked.isPresent()
        ? asked
        : written == null ? OptionalLong.empty() : OptionalLong.of(written);
  }

  long drawSeed() {
    return random.nextLong(Recipe.SEED_MAX + 1);
  }

  private void requireSameRecipe(Task task, Request request) throws RefusedException, IOException {
    Recipe stored = RecipeJson.parse(task.recipe());
    Long kept = stored.seed();
    Recipe asked = request.recipe().withSeed(request.seed().orElse(kept == null ? 0 : kept));
    List<String> differences = new ArrayList<>(RecipeDifference.between(stored, asked));
    differences.addAll(planDifference(task, request));
    if (differences.isEmpty()) {
      return;
    }
    List<String> lines = new ArrayList<>();
    lines.add(
        "The dataset '%s' belongs to task %s (%s), which has another recipe:"
            .formatted(task.name(), task.id(), task.status()));
    differences.forEach(difference -> lines.add("  " + difference));
    lines.add(
        task.status() == Task.Status.COMPLETED
            ? "Name the mix otherwise, or remove the dataset first: admix dataset remove "
                + task.name()
            : "Name the mix otherwise, or cancel that task first: admix task cancel " + task.id());
    throw new RefusedException(lines);
  }

  private static List<String> planDifference(Task task, Request request) {
    String begun = task.planSha256();
    boolean isOther =
        request.plan() != null && begun != null && !begun.equals(request.planSha256());
    return isOther ? List.of("plan: " + begun + " → " + request.planSha256()) : List.of();
  }

  /**
   * Runs the task, if nobody else does.
   *
   * @param plan to be executed as it is when the task has no plan yet, or null
   */
  RunReport acquired(Task task, @Nullable Path plan, RunProgress.Listener progress, StopSignal stop)
      throws IOException,
          InterruptedException,
          InfeasibleException,
          PlanException,
          RefusedException,
          TaskFailedException,
          TaskInterruptedException {
    RunnerIdentity identity = RunnerIdentity.begin();
    try {
      long acquiredAt = System.nanoTime();
      Optional<Tasks.Lease> lease = acquire(task, identity);
      if (lease.isEmpty()) {
        return elsewhere(task.id());
      }
      Task now = catalog.tasks().byId(task.id()).orElse(task);
      if (plan != null && now.phase() == Task.Phase.PLANNING) {
        BroughtPlan.bring(services.state(), plan, now.id());
      }
      return new TaskRunner(services).run(now, lease.get(), acquiredAt, progress, stop);
    } finally {
      identity.ended();
    }
  }

  /** An answer that was lost is asked for again: who holds the task then is this attempt itself. */
  private Optional<Tasks.Lease> acquire(Task task, RunnerIdentity identity) {
    try {
      return acquire(task, identity, owner -> identity.knowsDead(owner.identity()));
    } catch (CommitUnknownException lost) {
      return acquire(
          task,
          identity,
          owner ->
              owner.identity().equals(identity.text()) || identity.knowsDead(owner.identity()));
    }
  }

  private Optional<Tasks.Lease> acquire(
      Task task, RunnerIdentity identity, Predicate<Task.Runner> takeOver) {
    return catalog.tasks().acquire(task.id(), identity.text(), services.leaseLength(), takeOver);
  }

  private RunReport elsewhere(String taskId) throws IOException, RefusedException {
    Task task =
        catalog
            .tasks()
            .byId(taskId)
            .orElseThrow(
                () -> new RefusedException("Task '%s' was deleted meanwhile.".formatted(taskId)));
    if (task.status() == Task.Status.COMPLETED) {
      return Reports.unchanged(ReportJson.read(String.valueOf(task.report())), List.of());
    }
    Task.Runner runner = task.runner();
    if (runner == null) {
      throw new RefusedException(
          "Task %s is %s and cannot be run.".formatted(taskId, task.status()));
    }
    throw new RefusedException(
        "'%s' is being made by %s (task %s, its lease holds until %s). Wait for it with: admix task wait %s"
            .formatted(
                task.name(),
                RunnerIdentity.inWords(runner.identity()),
                taskId,
                runner.until(),
                taskId));
  }

  private RunReport published(Task task, Request request)
      throws IOException, InterruptedException, RefusedException {
    if (catalog.datasets().removing().stream().anyMatch(d -> d.id().equals(task.datasetId()))) {
      throw new RefusedException(
          "The removal of the dataset '%s' was interrupted. Finish it with: admix dataset remove %s --files"
              .formatted(task.name(), task.name()));
    }
    if (!MixTarget.of(services, task).isThere()) {
      throw new RefusedException(
          "The dataset '%s' was published at %s, but it is not there. Bring it back, or unregister it with: admix dataset remove %s"
              .formatted(task.name(), task.targetPath(), task.name()));
    }
    RunReport report = ReportJson.read(String.valueOf(task.report()));
    Recipe recipe = RecipeJson.parse(task.recipe());
    return Reports.unchanged(
        report, new SourceChanges(this::replanned).since(report, recipe, request.plan() != null));
  }

  PlanSummary planned(Recipe recipe, @Nullable Path out, PlanProgress progress)
      throws IOException, InterruptedException, InfeasibleException, PlanException {
    return planned(recipe, out, progress, PlanRequest.TargetCheck.MUST_BE_FREE);
  }

  /** The published folder is in the way of its own plan. */
  private PlanSummary replanned(Recipe recipe, @Nullable Path out, PlanProgress progress)
      throws IOException, InterruptedException, InfeasibleException, PlanException {
    return planned(recipe, out, progress, PlanRequest.TargetCheck.LEFT_TO_CALLER);
  }

  private PlanSummary planned(
      Recipe recipe, @Nullable Path out, PlanProgress progress, PlanRequest.TargetCheck check)
      throws IOException, InterruptedException, InfeasibleException, PlanException {
    try (OwnedFolder own = OwnedFolder.make(services.state().root(), "plan-" + Ids.next())) {
      Path scratch = Files.createDirectory(own.path().resolve("scratch"));
      Place target = Recipes.target(recipe);
      PlanRequest request =
          new PlanRequest(
              recipe,
              Services.folderOf(target),
              target,
              services.settings().zone(),
              check,
              PlanScope.COMMAND);
      Path file = out == null ? own.path().resolve("plan.jsonl") : out.toAbsolutePath();
      return services.planner().plan(request, scratch, file, progress);
    }
  }
}
