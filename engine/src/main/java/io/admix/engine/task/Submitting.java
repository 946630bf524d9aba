package io.admix.engine.task;

import io.admix.catalog.Actor;
import io.admix.catalog.AmbiguousNameException;
import io.admix.catalog.NameTakenException;
import io.admix.catalog.TaskNameTakenException;
import io.admix.catalog.TaskQueue;
import io.admix.catalog.TaskQueue.Recorded;
import io.admix.engine.ConflictException;
import io.admix.engine.NotThereException;
import io.admix.engine.RefusedException;
import io.admix.engine.plan.InvalidPlanException;
import io.admix.engine.plan.PlanException;
import io.admix.engine.run.QueuedTasks;
import io.admix.engine.settings.ServerSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How a request becomes a task: checked, then recorded in one transaction. */
public final class Submitting {
  private static final int TASK_NAME_MAX = 255;

  private final TaskQueue queue;
  private final QueuedTasks tasks;
  private final Plans plans;
  private final ServerSettings settings;

  /** Finds plans that are kept. */
  @FunctionalInterface
  public interface Plans {
    /** As {@link io.admix.engine.plan.KeptPlans#file}. */
    Path file(Actor actor, String sha256)
        throws IOException, NotThereException, InvalidPlanException;
  }

  Submitting(TaskQueue queue, QueuedTasks tasks, Plans plans, ServerSettings settings) {
    this.queue = queue;
    this.tasks = tasks;
    this.plans = plans;
    this.settings = settings;
  }

  Submitted submit(Actor actor, Submission submission) throws RefusedException, IOException {
    RequestKey key = submission.key();
    Optional<Submitted> before = key == null ? Optional.empty() : submitted(actor, key);
    if (before.isPresent()) {
      return before.get();
    }
    requireName(submission.taskName());
    QueueFullException.requireRoom(queue, actor.owner(), settings.tasksWaiting());
    Files.createDirectories(settings.dataRoot());
    try {
      return answer(record(actor, submission), key);
    } catch (TaskNameTakenException e) {
      throw new TaskNameUsedException(String.valueOf(e.getMessage()));
    } catch (NameTakenException | InvalidPlanException e) {
      throw new ConflictException(String.valueOf(e.getMessage()));
    } catch (AmbiguousNameException e) {
      throw new RefusedException(String.valueOf(e.getMessage()));
    } catch (PlanException e) {
      throw new RefusedException(e.problems());
    }
  }

  /** What the key made before. */
  Optional<Submitted> submitted(Actor actor, RequestKey key) throws RequestKeyReusedException {
    Optional<Recorded> made = queue.made(actor.owner(), key.key());
    return made.isEmpty() ? Optional.empty() : Optional.of(answer(made.get(), key));
  }

  private Recorded record(Actor actor, Submission submission)
      throws IOException, NotThereException, InvalidPlanException, PlanException {
    String sha256 = submission.planSha256();
    RequestKey key = submission.key();
    return tasks.submit(
        actor,
        new QueuedTasks.Order(
            submission.recipe(),
            submission.taskName(),
            submission.origin(),
            key == null ? null : new TaskQueue.Key(key.key(), key.sha256()),
            sha256 == null ? null : plans.file(actor, sha256)),
        settings.dataRoot());
  }

  private static Submitted answer(Recorded recorded, @Nullable RequestKey key)
      throws RequestKeyReusedException {
    if (recorded.repeated() && key != null && !recorded.sha256().equals(key.sha256())) {
      throw new RequestKeyReusedException(
          "The request key '%s' came before with another body, which made task %s. Use a new key for a new request; nothing was changed."
              .formatted(key.key(), recorded.task().id()));
    }
    return new Submitted(recorded.task(), recorded.repeated());
  }

  private static void requireName(String name) throws RefusedException {
    if (name.isBlank() || name.codePointCount(0, name.length()) > TASK_NAME_MAX) {
      throw new RefusedException(
          "A task's name has 1 to %d characters, not all blank; nothing was changed."
              .formatted(TASK_NAME_MAX));
    }
  }
}
