package io.admix.engine.plan;

import io.admix.core.recipe.LinkMethod;
import io.admix.engine.report.MethodCount;
import java.util.List;
import java.util.SequencedMap;

/**
 * What is known of a plan only after its entries: the line before the last.
 *
 * @param sources in recipe order: files that the plan holds, and their bytes
 * @param methods files and bytes that each link method is expected to take
 * @param reserves entries held for {@code on-error: replace}
 * @param unseen main entries that were not there, or no regular files
 * @param warnings sentences that hold for the mix too
 * @param forecasts sentences on what may hinder its making, such as a disk that is too small
 */
record PlanTotals(
    List<MethodCount> sources,
    SequencedMap<LinkMethod, MethodCount> methods,
    long reserves,
    long unseen,
    List<String> warnings,
    List<String> forecasts) {

  PlanTotals {
    sources = List.copyOf(sources);
    warnings = List.copyOf(warnings);
    forecasts = List.copyOf(forecasts);
  }
}
