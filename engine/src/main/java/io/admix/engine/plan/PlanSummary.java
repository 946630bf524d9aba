package io.admix.engine.plan;

import io.admix.core.recipe.LinkMethod;
import io.admix.engine.place.Place;
import io.admix.engine.report.MethodCount;
import io.admix.engine.report.SourceReport;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * What a plan amounts to, without its entries.
 *
 * @param targetPath absolute final folder, or {@code s3://bucket/prefix/}
 * @param total files asked for in all
 * @param methods expected per method: tried with a chosen file of each source, or, where nothing
 *     could be tried, from what the mounts say; a forecast tells which
 * @param unseen chosen files that were not there, or no regular files, when the plan was made
 * @param binding name of the source that limits {@code total: max}, or null
 * @param warnings sentences for people: symlinks tie the mix to its sources, a weight that gives no
 *     file, files changed since their dataset was scanned, …
 * @param forecasts sentences on what may hinder its making, such as a disk that is too small;
 *     settled once the mix is made
 * @param sha256 selection hash, lower-case hex
 */
public record PlanSummary(
    String name,
    String targetPath,
    long seed,
    String zone,
    long total,
    List<SourceReport> sources,
    SequencedMap<LinkMethod, MethodCount> methods,
    long entries,
    long bytes,
    long reserves,
    long runs,
    long unseen,
    @Nullable String binding,
    List<String> warnings,
    List<String> forecasts,
    String sha256) {

  /** The target as a place. */
  public Place target() {
    return Place.parse(targetPath);
  }
}
