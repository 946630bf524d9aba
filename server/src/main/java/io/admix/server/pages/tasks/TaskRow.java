package io.admix.server.pages.tasks;

import io.admix.catalog.Actor;
import io.admix.catalog.Task;
import io.admix.engine.run.RunProgress;
import io.admix.engine.task.Choices;
import java.util.Optional;

/**
 * One task of the list.
 *
 * @param files placed until now
 * @param filesTotal 0 while it is not known
 * @param filesPerSecond 0 when this process does not run it
 */
public record TaskRow(
    Task task,
    TaskState state,
    Choices choices,
    long files,
    long filesTotal,
    double filesPerSecond) {

  static TaskRow of(Actor caller, Task task, Optional<RunProgress> progress) {
    boolean isRunning = task.status() == Task.Status.RUNNING;
    // Until files are placed, it counts those that it looks through.
    Optional<RunProgress> placing =
        progress.filter(now -> isRunning && now.phase() == Task.Phase.PLACING);
    return new TaskRow(
        task,
        TaskState.of(task),
        Choices.of(caller, task),
        Math.max(placing.map(RunProgress::files).orElse(0L), task.files()),
        task.entries(),
        placing.map(RunProgress::filesPerSecond).filter(Double::isFinite).orElse(0.0));
  }

  /** Whether a bar says anything: not of one that was not begun, or is over. */
  public boolean hasBar() {
    return task.status() == Task.Status.RUNNING || state == TaskState.RESUMABLE;
  }

  /** Whether the dataset is called otherwise than the task. */
  public boolean hasOtherName() {
    return !task.name().equals(task.taskName());
  }
}
