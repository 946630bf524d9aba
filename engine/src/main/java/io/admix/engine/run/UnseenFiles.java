package io.admix.engine.run;

import io.admix.core.name.Printable;
import io.admix.core.plan.PlanEntry;
import io.admix.engine.plan.PlanHeader.PlanSource;
import io.admix.engine.plan.PlanRun;
import io.admix.engine.plan.SealedPlan;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** The chosen files of a plan that were not there when it was made, for people. */
final class UnseenFiles {
  private static final int NAMED = 10;

  private final SealedPlan plan;
  private final List<PlanSource> sources;
  private final List<String> names = new ArrayList<>();
  private final long[] seen;
  private final long[] unseen;

  UnseenFiles(SealedPlan plan) {
    this.plan = plan;
    this.sources = plan.header().sources();
    this.seen = new long[sources.size()];
    this.unseen = new long[sources.size()];
  }

  /** How many, the first of them by name, and the sources that lack every chosen file. */
  String inWords() throws IOException {
    Iterator<PlanRun> runs = plan.runs();
    while (runs.hasNext()) {
      PlanRun run = runs.next();
      if (!run.isReserve()) {
        plan.entries(run).forEach(this::count);
      }
    }
    long total = plan.header().summary().unseen();
    return "%,d of the chosen files are not there, or are no regular files: %s%s. %sRescan the datasets, or let the recipe skip or replace them (on-error); nothing was made."
        .formatted(
            total, String.join(", ", names), total > names.size() ? ", …" : "", emptySources());
  }

  private void count(PlanEntry entry) {
    boolean isThere = entry.seen().isThere();
    (isThere ? seen : unseen)[entry.source()]++;
    if (!isThere && names.size() < NAMED) {
      names.add(Printable.of(sources.get(entry.source()).name() + "/" + entry.sourcePath()));
    }
  }

  /** A folder that was moved or replaced lacks them all. */
  private String emptySources() {
    StringBuilder words = new StringBuilder();
    for (int i = 0; i < seen.length; i++) {
      if (seen[i] == 0 && unseen[i] > 1) {
        words.append(
            "Not one of the %,d files chosen from source '%s' is in %s: was that folder moved or replaced? "
                .formatted(unseen[i], sources.get(i).name(), sources.get(i).root()));
      }
    }
    return words.toString();
  }
}
