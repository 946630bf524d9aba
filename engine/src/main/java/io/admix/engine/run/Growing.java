package io.admix.engine.run;

import io.admix.core.plan.PlanEntry;
import io.admix.engine.plan.SealedPlan;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * A mix while it grows at its target, held open by its runner. Closing leaves all that was made
 * where it is.
 */
interface Growing extends AutoCloseable {
  /**
   * By which it is known again: committed before the first file is made, and compared whenever it
   * is opened. Never 0.
   */
  long identity();

  /** For people. */
  String where();

  /** What the number of workers depends on. */
  Ground ground() throws IOException;

  /**
   * Opens what makes the entries of a plan here; the caller closes.
   *
   * @throws HaltedException when a source as a whole cannot be opened
   */
  EntryMakers makers(Running running, SealedPlan plan) throws IOException;

  /** Removes what a killed run left half-made; no worker may be in it. */
  void removeHalfMade() throws IOException;

  /** How much of what was recorded is there, and what else is. */
  Found look(Recorded recorded) throws IOException;

  /**
   * Whether what was recorded is on stable storage already, so that a reboot cannot have taken it.
   */
  boolean isDurableAtOnce();

  /** Makes everything that was placed durable. */
  void makeDurable() throws IOException;

  /**
   * Lets the mix appear at its target, in place of nothing, and makes that durable.
   *
   * @param manifest whole, of what was placed
   * @param stillOurs asked where that takes several tries; throws when another runner may hold the
   *     task
   * @throws HaltedException when it cannot: what was placed stays as it is
   */
  void publish(Path manifest, Runnable stillOurs) throws IOException;

  /**
   * Removes what the plan made, and nothing else, then what it grew in.
   *
   * @param stillOurs asked before every deletion; throws when another runner may hold the task
   * @return what stayed and why, for people, or ""
   */
  String remove(SealedPlan plan, Recorded recorded, Runnable stillOurs) throws IOException;

  @Override
  void close();

  /** What receipts tell of a task. */
  interface Recorded {
    /** Files that are recorded as placed. */
    long files() throws IOException;

    /** Entries that are recorded as failed. */
    long failures() throws IOException;

    /** Hands out every entry that was tried with what became of it, run by run. */
    void each(Visitor visitor) throws IOException;

    /** Receives the entries of a run. */
    @FunctionalInterface
    interface Visitor {
      void run(List<PlanEntry> entries, List<EntryResult> results) throws IOException;
    }
  }

  /**
   * What a look at the target shows.
   *
   * @param placed entries that are there as they were recorded, as far as a listing tells
   * @param others entries that were not recorded and have no business there
   */
  record Found(long placed, long others) {}
}
