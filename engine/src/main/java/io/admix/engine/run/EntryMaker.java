package io.admix.engine.run;

import io.admix.core.plan.PlanEntry;
import io.admix.files.PlacingStoppedException;

/**
 * Makes the target of one entry after the other, and tells what became of it. The entries of one
 * run come together. Used by one thread.
 */
interface EntryMaker extends AutoCloseable {
  /**
   * @throws PlacingStoppedException when no entry at all could be made; what was made stays
   */
  EntryResult make(PlanEntry entry) throws PlacingStoppedException;

  /**
   * Removes what an earlier attempt made of an entry that is not needed any more: what has the
   * planned name and the planned source's identity, or is a copy of it. Anything else stays, and
   * nothing is published while it does.
   */
  void removeLeftover(PlanEntry entry) throws PlacingStoppedException;

  /** The run is over: what was open for its target is closed. */
  void endRun();

  @Override
  void close();
}
