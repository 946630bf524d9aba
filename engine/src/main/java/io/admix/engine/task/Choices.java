package io.admix.engine.task;

import io.admix.catalog.Actor;
import io.admix.catalog.Task;
import io.admix.catalog.TaskOrigin;

/**
 * What may be asked of a task as it is, to be shown to people. Whoever asks is answered by the
 * doors themselves, since the task may have changed.
 *
 * @param cancel whether it can be given up
 * @param resume whether it can be put back into the queue
 * @param delete whether its record can be deleted, which cancels it where it is not over
 * @param isOver whether nobody will go on with it, so that a deletion takes the record only
 * @param isCommands whether a command runs it and only a command goes on with it
 */
public record Choices(
    boolean cancel, boolean resume, boolean delete, boolean isOver, boolean isCommands) {

  /** What this actor may ask. */
  public static Choices of(Actor actor, Task task) {
    boolean isStopped = task.status() == Task.Status.FAILED && task.resumable();
    boolean isOver = task.status().isFinal() || task.status() == Task.Status.FAILED && !isStopped;
    // What is placed is about to appear; only a publish that failed may be given up.
    boolean isFinishing = task.phase() == Task.Phase.PUBLISHING && !isStopped;
    boolean isMine = actor.mayChange(task.owner());
    boolean isCommands = task.origin() == TaskOrigin.COMMAND;
    return new Choices(
        isMine && !isOver && !isFinishing && !task.cancelRequested(),
        isMine && isStopped && !isCommands,
        isMine && (isOver || !isFinishing),
        isOver,
        isCommands);
  }
}
