package io.admix.engine.report;

/**
 * Where the time of the attempt that published went, in seconds of the wall clock, one phase after
 * the other; 0 for what an earlier attempt had done. From the moment in which a runner has the task
 * to the transaction that completes it, which is in none of them.
 *
 * @param read catalogue and folders
 * @param plan choosing, ordering, looking at the chosen files and sealing, up to the staging folder
 * @param place placing and recording, up to the last receipt
 * @param record how long the recording thread was busy while {@code place} lasted: part of it
 * @param manifest counting what staging holds, and writing the manifest
 * @param sync making the volume durable
 * @param publish commit of the intent, rename, sync of the folder above
 */
public record Phases(
    double read,
    double plan,
    double place,
    double record,
    double manifest,
    double sync,
    double publish) {
  /** Nothing is known: the report of an earlier version, or of a task that is not published. */
  public static final Phases NONE = new Phases(0, 0, 0, 0, 0, 0, 0);

  /** All phases together. */
  public double total() {
    return read + plan + place + manifest + sync + publish;
  }
}
