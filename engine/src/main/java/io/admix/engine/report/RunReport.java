package io.admix.engine.report;

import io.admix.core.recipe.LinkMethod;
import java.util.List;
import java.util.SequencedMap;

/**
 * What {@code run --json} prints, and what a COMPLETED task keeps.
 *
 * @param status COMPLETED, FAILED, CANCELLED or PENDING (interrupted, resumable)
 * @param unchanged whether the dataset had been published before from the same recipe
 * @param failures the first hundred
 * @param seconds of placing and recording
 * @param phases where the time went, {@link Phases#NONE} where nobody measured it
 * @param warnings sentences for people
 * @param concurrency what the workers' number came from
 */
public record RunReport(
    String taskId,
    String status,
    boolean unchanged,
    Target target,
    long seed,
    List<SourceReport> sources,
    SequencedMap<LinkMethod, MethodCount> methods,
    List<FailureReport> failures,
    long failuresTotal,
    double seconds,
    double filesPerSecond,
    Phases phases,
    PlanIdentity plan,
    List<String> warnings,
    String concurrency) {

  /** The published dataset. */
  public record Target(String datasetId, String name, String path, long files, long bytes) {}

  /** The plan that was executed. */
  public record PlanIdentity(long entries, String sha256) {}
}
