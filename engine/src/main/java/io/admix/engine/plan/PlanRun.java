package io.admix.engine.plan;

/**
 * Where one run stands in a plan file: some entries of one target folder, the unit of work.
 *
 * @param number 0, 1, 2, … without gaps; reserves come after the main runs
 * @param reserveOf source index when it holds reserves, else -1
 * @param targetFolder of every entry; for a run of reserves "" (their entries name their own)
 * @param offset first byte of its entry and group lines in the file
 * @param length bytes of those lines
 * @param bytes of its files; 0 where they were not counted
 */
public record PlanRun(
    long number,
    int reserveOf,
    String targetFolder,
    int entries,
    long offset,
    int length,
    long bytes) {

  /** A run whose bytes were not counted. */
  public PlanRun(
      long number, int reserveOf, String targetFolder, int entries, long offset, int length) {
    this(number, reserveOf, targetFolder, entries, offset, length, 0);
  }

  public boolean isReserve() {
    return reserveOf >= 0;
  }
}
