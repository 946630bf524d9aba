package io.admix.engine.task;

import io.admix.catalog.Actor;
import io.admix.catalog.Catalog;
import io.admix.catalog.FailureRecord;
import io.admix.catalog.Page;
import io.admix.catalog.PageRequest;
import io.admix.catalog.Task;
import io.admix.catalog.TaskOrigin;
import io.admix.catalog.TaskQuery;
import io.admix.catalog.TaskQueue;
import io.admix.core.name.Printable;
import io.admix.core.name.SafeNames;
import io.admix.core.recipe.Recipe;
import io.admix.engine.ConflictException;
import io.admix.engine.FieldsException;
import io.admix.engine.NotThereException;
import io.admix.engine.NotYoursException;
import io.admix.engine.RefusedException;
import io.admix.engine.recipe.RecipeJson;
import io.admix.engine.recipe.RecipeYaml;
import io.admix.engine.report.RunReport;
import io.admix.engine.run.Cancelled;
import io.admix.engine.run.Mixes;
import io.admix.engine.run.QueuedTasks;
import io.admix.engine.run.RunProgress;
import io.admix.engine.settings.ServerSettings;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** Background tasks over one catalogue. */
public final class BackgroundService implements BackgroundTasks {
  private final Catalog catalog;
  private final TaskQueue queue;
  private final Mixes mixes;
  private final QueuedTasks tasks;
  private final Submitting submitting;
  private final Watchers watchers;
  private final Dispatcher dispatcher;

  public BackgroundService(
      Catalog catalog,
      Mixes mixes,
      QueuedTasks tasks,
      Submitting.Plans plans,
      ServerSettings settings) {
    this.catalog = catalog;
    this.queue = catalog.queue();
    this.mixes = mixes;
    this.tasks = tasks;
    this.submitting = new Submitting(queue, tasks, plans, settings);
    this.watchers = new Watchers(queue);
    this.dispatcher =
        new Dispatcher(
            queue,
            tasks,
            new Dispatcher.Limits(settings.tasksRunning(), settings.grace()),
            new Dispatcher.Ear() {
              @Override
              public void progress(String taskId, RunProgress progress) {
                watchers.progress(taskId, progress);
              }

              @Override
              public void changed(String taskId) {
                watchers.changed(taskId);
              }
            });
  }

  @Override
  public void start() {
    dispatcher.start();
  }

  @Override
  public Submitted submit(Actor actor, Submission submission) throws RefusedException, IOException {
    Submitted submitted = submitting.submit(actor, submission);
    dispatcher.call();
    return submitted;
  }

  @Override
  public Optional<Submitted> submitted(Actor actor, RequestKey key)
      throws RequestKeyReusedException {
    return submitting.submitted(actor, key);
  }

  @Override
  public void wake() {
    dispatcher.call();
  }

  @Override
  public Page<Task> list(Actor actor, TaskQuery query) {
    return queue.page(actor, query);
  }

  @Override
  public Map<Task.Status, Long> counts(Actor actor, TaskQuery query) {
    return queue.counts(actor, query);
  }

  @Override
  public Optional<QueuePlace> place(Actor actor, String id) throws RefusedException {
    Task task = seen(actor, id);
    return task.status() == Task.Status.PENDING && task.origin() != TaskOrigin.COMMAND
        ? Optional.of(
            QueuePlace.of(task.owner(), queue.waitingBefore(id), hasRunning(task.owner())))
        : Optional.empty();
  }

  private boolean hasRunning(String owner) {
    return queue.candidates().stream()
        .anyMatch(candidate -> candidate.runner() != null && candidate.owner().equals(owner));
  }

  @Override
  public Pace pace(Actor actor, String id) throws RefusedException {
    seen(actor, id);
    Pace here = dispatcher.pace(id);
    return here.samples().isEmpty() ? PaceLog.pace(tasks.keptPace(id)) : here;
  }

  @Override
  public String recipeYaml(Actor actor, String id) throws RefusedException {
    return RecipeYaml.write(written(seen(actor, id)));
  }

  @Override
  public Submitted again(Actor actor, String id, String name) throws RefusedException, IOException {
    Recipe before = written(seen(actor, id));
    Optional<String> problem = SafeNames.problemOfName(name);
    if (problem.isPresent()) {
      throw new FieldsException(
          List.of(
              new FieldsException.FieldProblem(
                  "name",
                  "The name `%s` %s; nothing was changed."
                      .formatted(Printable.of(name), problem.get()))));
    }
    Recipe recipe = before.withoutTarget().withName(name);
    return submit(actor, new Submission(recipe, name, TaskOrigin.SERVICE, null, null));
  }

  /** A target that a service chose is no part of what was asked. */
  private static Recipe written(Task task) {
    Recipe recipe = RecipeJson.parse(task.recipe());
    return task.origin() == TaskOrigin.COMMAND ? recipe : recipe.withoutTarget();
  }

  @Override
  public Optional<Task> find(Actor actor, String id) {
    return catalog.tasks().byId(id).filter(task -> actor.maySee(task.owner()));
  }

  private Task seen(Actor actor, String id) throws NotThereException {
    return find(actor, id).orElseThrow(() -> missing(id));
  }

  private static NotThereException missing(String id) {
    return new NotThereException("There is no task '%s'.".formatted(id));
  }

  private Task changeable(Actor actor, String id) throws NotThereException, NotYoursException {
    Task task = seen(actor, id);
    if (!actor.mayChange(task.owner())) {
      throw new NotYoursException(
          "Task %s belongs to %s; only its owner may change it.".formatted(id, task.owner()));
    }
    return task;
  }

  @Override
  public Cancelled cancel(Actor actor, String id)
      throws RefusedException, IOException, InterruptedException {
    changeable(actor, id);
    try {
      if (queue.cancelUnbegun(id)) {
        tasks.removeState(id);
        return new Cancelled(catalog.tasks().byId(id).orElseThrow(() -> missing(id)), "");
      }
      return mixes.cancel(id);
    } catch (RefusedException e) {
      throw conflict(id, e);
    } finally {
      watchers.changed(id);
      dispatcher.call();
    }
  }

  /** What the task's state forbids; a task that somebody deleted meanwhile is not there. */
  private RefusedException conflict(String id, RefusedException refused) {
    return catalog.tasks().byId(id).isEmpty()
        ? missing(id)
        : new ConflictException(String.valueOf(refused.getMessage()));
  }

  @Override
  public Task resume(Actor actor, String id) throws RefusedException {
    Task task = changeable(actor, id);
    if (task.origin() == TaskOrigin.COMMAND) {
      throw new ConflictException(
          "Task %s is a command's: it goes on with `admix task resume %s`.".formatted(id, id));
    }
    Task now = queue.requeue(id);
    if (now.status().isFinal() || now.status() == Task.Status.FAILED) {
      throw new ConflictException(
          "Task %s is %s and cannot go on; submit its recipe again.".formatted(id, now.status()));
    }
    watchers.changed(id);
    dispatcher.call();
    return now;
  }

  @Override
  public String delete(Actor actor, String id)
      throws RefusedException, IOException, InterruptedException {
    changeable(actor, id);
    try {
      if (queue.cancelUnbegun(id)) {
        tasks.removeState(id);
      }
      return mixes.delete(id);
    } catch (RefusedException e) {
      throw conflict(id, e);
    } finally {
      watchers.changed(id);
      dispatcher.call();
    }
  }

  @Override
  public RunReport report(Actor actor, String id) throws RefusedException, IOException {
    return mixes.report(seen(actor, id));
  }

  @Override
  public Page<FailureRecord> failures(
      Actor actor, String id, @Nullable String reason, PageRequest page) throws RefusedException {
    seen(actor, id);
    return queue.failures(id, reason, page);
  }

  @Override
  public SequencedMap<String, Long> failureReasons(Actor actor, String id) throws RefusedException {
    seen(actor, id);
    return queue.failureReasons(id);
  }

  @Override
  public Optional<RunProgress> progress(String id) {
    return dispatcher.progress(id);
  }

  @Override
  public Watch watch(Actor actor, String id, long afterSeq, TaskListener listener)
      throws RefusedException {
    seen(actor, id);
    return watchers.add(id, afterSeq, listener);
  }

  @Override
  public QueueState state() {
    return new QueueState(queue.waiting(), dispatcher.running(), dispatcher.bound());
  }

  @Override
  public void look() {
    dispatcher.call();
  }

  @Override
  public void close() {
    dispatcher.close();
    watchers.close();
  }
}
