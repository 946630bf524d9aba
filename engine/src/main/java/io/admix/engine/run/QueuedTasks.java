package io.admix.engine.run;

import io.admix.catalog.Actor;
import io.admix.catalog.CatalogException;
import io.admix.catalog.CommitUnknownException;
import io.admix.catalog.Ids;
import io.admix.catalog.NameTakenException;
import io.admix.catalog.NewTask;
import io.admix.catalog.Task;
import io.admix.catalog.TaskOrigin;
import io.admix.catalog.TaskQueue;
import io.admix.catalog.TaskQueue.Candidate;
import io.admix.catalog.TaskQueue.Recorded;
import io.admix.catalog.Tasks;
import io.admix.core.name.Printable;
import io.admix.core.recipe.Origin;
import io.admix.core.recipe.Recipe;
import io.admix.core.recipe.SourceSpec;
import io.admix.engine.StopSignal;
import io.admix.engine.place.Place;
import io.admix.engine.plan.InfeasibleException;
import io.admix.engine.plan.InvalidPlanException;
import io.admix.engine.plan.PlanException;
import io.admix.engine.plan.PlanHeader;
import io.admix.engine.plan.PlanRequest;
import io.admix.engine.plan.PlanRequest.TargetCheck;
import io.admix.engine.plan.SealedPlan;
import io.admix.engine.settings.Settings;
import io.admix.engine.settings.StateMark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tasks that servers share: recorded by one, run by any, with the same code as those of commands.
 * Safe for use by many threads.
 */
public final class QueuedTasks {
  private static final Logger LOG = LoggerFactory.getLogger(QueuedTasks.class);

  private static final String TOO_OFTEN =
      "%d runners one after the other ended without a word while they held this task, and none got on with it: the process may run out of memory, or be killed. What was placed stays. Look into the logs, then resume.";

  private final Services services;
  private final TaskQueue queue;
  private final SecureRandom random = new SecureRandom();

  QueuedTasks(Services services) {
    this.services = services;
    this.queue = services.catalog().queue();
  }

  /**
   * What is to be recorded.
   *
   * @param plan to be executed as it is, or null; then it alone says recipe and target
   */
  public record Order(
      Recipe recipe,
      String taskName,
      TaskOrigin origin,
      TaskQueue.@Nullable Key key,
      @Nullable Path plan) {}

  /**
   * Records the task. A plan is in the task's state folder before the task is there: whoever runs
   * it makes no other.
   *
   * @param dataRoot below which a task without a plan makes its dataset
   * @throws NameTakenException when the dataset's name is taken, or the plan is being executed
   * @throws PlanException when its sources are not there, or not the actor's to read
   * @throws CommitUnknownException when the database does not say whether it is recorded
   */
  public Recorded submit(Actor actor, Order order, Path dataRoot)
      throws IOException, InvalidPlanException, PlanException {
    Path plan = order.plan();
    if (plan == null) {
      String datasetId = Ids.next();
      Recipe recipe = Making.withTarget(order.recipe(), dataRoot.resolve(datasetId).toString());
      check(actor, order.origin(), recipe, TargetCheck.MUST_BE_FREE);
      return record(actor, order, newTask(actor, order, datasetId, seeded(recipe)));
    }
    Recipe recipe = recipeOf(plan);
    // What the actor may read can have changed since; a target that is there is a conflict.
    check(actor, order.origin(), recipe, TargetCheck.LEFT_TO_CALLER);
    String datasetId = Recipes.target(recipe).name();
    NewTask task = newTask(actor, order, datasetId, recipe);
    return BroughtPlan.with(
        services,
        plan,
        task.id(),
        () -> record(actor, order, task),
        recorded -> !recorded.repeated());
  }

  private void check(Actor actor, TaskOrigin origin, Recipe recipe, TargetCheck targetCheck)
      throws PlanException {
    List<String> relative = new ArrayList<>();
    for (SourceSpec source : recipe.sources()) {
      if (source.origin() instanceof Origin.Folder folder
          && !Place.isAddress(folder.path())
          && !Path.of(folder.path()).isAbsolute()) {
        relative.add(
            "source `%s`: the folder %s must be an absolute path"
                .formatted(source.name(), Printable.of(folder.path())));
      }
    }
    if (!relative.isEmpty()) {
      throw new PlanException(relative);
    }
    Place target = Recipes.target(recipe);
    PlanRequest request = services.planRequest(recipe, target, origin, actor.owner());
    services.planner().check(request.withTargetCheck(targetCheck));
  }

  private NewTask newTask(Actor actor, Order order, String datasetId, Recipe recipe) {
    Recipes.Owned owned = new Recipes.Owned(actor, order.taskName(), order.origin());
    return Recipes.newTask(Ids.next(), datasetId, recipe, services.catalog(), owned);
  }

  private Recipe seeded(Recipe recipe) {
    Long seed = recipe.seed();
    return seed != null ? recipe : recipe.withSeed(random.nextLong(Recipe.SEED_MAX + 1));
  }

  private static Recipe recipeOf(Path plan) throws IOException, InvalidPlanException {
    try (SealedPlan sealed = SealedPlan.open(plan)) {
      PlanHeader header = sealed.header();
      return Recipes.absolute(
          Making.withTarget(header.recipe(), header.summary().targetPath())
              .withSeed(header.summary().seed()),
          Path.of(header.folder()));
    }
  }

  /** An answer that was lost is looked up; who cannot look it up does not know it either. */
  private Recorded record(Actor actor, Order order, NewTask task) {
    TaskQueue.Key key = order.key();
    try {
      return queue.submit(actor, task, key);
    } catch (CommitUnknownException lost) {
      Optional<Task> made;
      try {
        made = services.catalog().tasks().byId(task.id());
      } catch (CatalogException away) {
        lost.addSuppressed(away);
        throw lost;
      }
      return new Recorded(made.orElseThrow(() -> lost), key == null ? "" : key.sha256(), false);
    }
  }

  /** Whether a candidate waits, or whoever held it does not go on with it. */
  public boolean isFree(Candidate candidate, Instant now) {
    Task.Runner runner = candidate.runner();
    return runner == null || runner.isOver(now) || isDead(runner);
  }

  private static boolean isDead(Task.Runner runner) {
    RunnerIdentity me = RunnerIdentity.begin();
    try {
      return me.knowsDead(runner.identity());
    } finally {
      me.ended();
    }
  }

  /**
   * Why no task can be run here now: the state folder or the data root is not what the servers of
   * this catalogue share, for instance not mounted. A mark is asked for only once they agreed on
   * one.
   */
  public Optional<String> whatIsAway() {
    Settings settings = services.settings();
    Path dataRoot = settings.server().dataRoot();
    boolean isStateAway = new StateMark(settings.stateDir(), services.catalog().facts()).isAway();
    if (isStateAway) {
      return Optional.of("the state folder " + settings.stateDir() + " with its mark");
    }
    return Files.isDirectory(dataRoot) && Files.isWritable(dataRoot)
        ? Optional.empty()
        : Optional.of("the data root " + dataRoot);
  }

  /** Takes a candidate, or tells that somebody was faster. */
  public Optional<Taken> take(Candidate candidate) {
    RunnerIdentity identity = RunnerIdentity.begin();
    boolean isTaken = false;
    try {
      long acquiredAt = System.nanoTime();
      Optional<Tasks.Lease> lease =
          queue.take(
              candidate,
              identity.text(),
              services.leaseLength(),
              holder -> identity.knowsDead(holder.identity()));
      if (lease.isEmpty() || isTakenTooOften(candidate, lease.get())) {
        return Optional.empty();
      }
      Task task = services.catalog().tasks().byId(candidate.taskId()).orElseThrow();
      isTaken = true;
      return Optional.of(new Taken(task, lease.get(), acquiredAt, identity));
    } finally {
      if (!isTaken) {
        identity.ended();
      }
    }
  }

  private boolean isTakenTooOften(Candidate candidate, Tasks.Lease lease) {
    boolean isTooOften =
        candidate.runner() != null && candidate.takeovers() >= TaskQueue.TAKEOVERS_MAX;
    if (isTooOften) {
      services
          .catalog()
          .tasks()
          .release(lease, Task.Status.FAILED, true, TOO_OFTEN.formatted(candidate.takeovers() + 1));
    }
    return isTooOften;
  }

  /** What {@link Taken#keepPace} kept; "" when nothing is there. */
  public String keptPace(String taskId) {
    try {
      return Files.readString(services.state().pace(taskId));
    } catch (IOException | IllegalStateException e) {
      return "";
    }
  }

  /** Removes what a task that was never begun has in the state folder. */
  public void removeState(String taskId) throws IOException {
    services.state().remove(taskId);
  }

  /** Removes what dead processes and tasks that are over left in the state folder. */
  public void cleanUp() {
    new Housekeeping(services).clean();
  }

  /** A task that this process holds; {@link #run} or {@link #giveBack} must be called, once. */
  public final class Taken {
    private final Task task;
    private final Tasks.Lease lease;
    private final long acquiredAt;
    private final RunnerIdentity identity;

    private Taken(Task task, Tasks.Lease lease, long acquiredAt, RunnerIdentity identity) {
      this.task = task;
      this.lease = lease;
      this.acquiredAt = acquiredAt;
      this.identity = identity;
    }

    public Task task() {
      return task;
    }

    /**
     * Keeps how the task got on, beside its plan and as long as that. Nothing depends on it: where
     * it cannot be written it is not there.
     */
    public void keepPace(String text) {
      Path file = services.state().pace(task.id());
      Path part = file.resolveSibling(file.getFileName() + ".part");
      try {
        Files.writeString(part, text);
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      } catch (IOException e) {
        LOG.debug("How task {} got on was not kept", task.id(), e);
      }
    }

    /** Leaves it PENDING to whoever takes it next, when it cannot be run here. */
    public void giveBack() {
      try {
        services.catalog().tasks().release(lease, Task.Status.PENDING, true, "");
      } finally {
        identity.ended();
      }
    }

    /**
     * Runs it to its end; what became of it stands in the catalogue. A {@code stop} leaves it
     * PENDING.
     */
    public void run(RunProgress.Listener progress, StopSignal stop)
        throws IOException,
            InterruptedException,
            InfeasibleException,
            PlanException,
            TaskFailedException,
            TaskInterruptedException {
      try {
        new TaskRunner(services).run(task, lease, acquiredAt, progress, stop);
      } finally {
        identity.ended();
      }
    }
  }
}
