package io.admix.engine.run;

import io.admix.catalog.Task;
import io.admix.engine.place.Place;
import io.admix.engine.plan.PlanException;
import io.admix.engine.plan.PlanHeader;
import java.io.IOException;
import java.util.Optional;

/**
 * The target of a mix: where it grows, and where it appears in the end. All that is done there
 * before, while and after it is filled goes through here, so that nothing else knows what kind of
 * place it is.
 */
interface MixTarget {
  static MixTarget of(Services services, Place place) {
    return place.isObjects()
        ? new ObjectTarget(services, place.objects())
        : new FileTarget(services.access(), place.folder());
  }

  static MixTarget of(Services services, Task task) {
    return of(services, Place.parse(task.targetPath()));
  }

  /** What stands there in the way of a new mix, and what to do, for people; empty when nothing. */
  Optional<String> inTheWay() throws IOException;

  /** Whether a published mix is there; which one is not looked at. */
  boolean isThere() throws IOException;

  /**
   * Looks once more before the first thing is made whether the plan may be executed there.
   *
   * @throws HaltedException when it may not; nothing was made
   * @throws PlanException when there is no room; nothing was made
   */
  void requireFit(PlanHeader header) throws IOException, PlanException;

  /**
   * Makes what the mix of a task grows in, for a task that has not begun to place. What a crash
   * between this and the commit of its identity has left is taken over.
   *
   * @param stillOurs asked before anything is made or taken back; throws when another runner may
   *     hold the task
   * @throws HaltedException when the place is taken
   */
  Growing make(Task task, Runnable stillOurs) throws IOException;

  /**
   * Opens what the mix of a task that has begun to place grows in.
   *
   * @throws HaltedException when it is not there any more, or is another one: it is never made
   *     again, and nothing is deleted
   */
  Growing open(Task task) throws IOException;

  /** The same, only to remove what the task made. */
  Growing openToRemove(Task task) throws IOException;

  /** Whether what was made for the task has appeared: a publish came so far before a crash. */
  boolean isPublished(Task task) throws IOException;

  /** Makes durable that it has appeared. */
  void makePublishedDurable() throws IOException;

  /** Whether anything is there that the task's mix grows in. */
  boolean isGrowing(Task task) throws IOException;

  /** Where the mix grows, for people. */
  String whereItGrows(Task task);

  /**
   * Removes what was made for a task before its identity was committed, which is empty then.
   *
   * @return what stayed and why, for people, or ""
   */
  String removeUnbegun(Task task) throws IOException;
}
