package io.admix.engine.task;

import io.admix.catalog.TaskQueue;
import io.admix.engine.ConflictException;

/** So many tasks of one owner wait already that one more is not taken. Nothing was recorded. */
public final class QueueFullException extends ConflictException {
  public QueueFullException(String problem) {
    super(problem);
  }

  /**
   * Refuses one more task of an owner of whom {@code most} wait. Requests that come at one moment
   * are counted before any of them is recorded, so that a few more may get in.
   *
   * @throws QueueFullException when there is no room
   */
  public static void requireRoom(TaskQueue queue, String owner, int most)
      throws QueueFullException {
    long waiting = queue.waiting(owner);
    if (waiting >= most) {
      throw new QueueFullException(
          "%d tasks of %s wait for their turn, and %d may (admix.tasks.waiting): try again when some are done, or cancel some. Nothing was made."
              .formatted(waiting, owner, most));
    }
  }
}
