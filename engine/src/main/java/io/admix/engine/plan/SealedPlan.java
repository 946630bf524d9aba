package io.admix.engine.plan;

import io.admix.core.plan.PlanEntry;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;

/**
 * An open plan file. Runs are read in order by one thread; the entries of a run by any thread.
 * Nothing of it is held in memory.
 */
public interface SealedPlan extends Closeable {

  /**
   * Opens a plan after reading it once from end to end: version, structure and both hashes.
   *
   * @throws InvalidPlanException when it was edited, is cut short, or is of another version
   */
  static SealedPlan open(Path file) throws IOException, InvalidPlanException {
    return PlanFiles.open(file);
  }

  /** Opens a plan that this process sealed or checked already. */
  static SealedPlan openTrusted(Path file) throws IOException, InvalidPlanException {
    return PlanFiles.openTrusted(file);
  }

  PlanHeader header();

  /**
   * sha-256 of the whole file but its last line, lower-case hex: tells one sealed file from
   * another.
   */
  String fileSha256();

  /** The main runs, then the runs of reserves, in order of number. */
  Iterator<PlanRun> runs() throws IOException;

  /** The same with the bytes of each run, which takes a little longer. */
  Iterator<PlanRun> runsWithBytes() throws IOException;

  /** The entries of a run. */
  List<PlanEntry> entries(PlanRun run) throws IOException;
}
