package io.admix.engine.run;

import io.admix.catalog.FailureRecord;
import io.admix.catalog.Receipt;
import io.admix.catalog.RunRecord;
import io.admix.core.plan.PlanEntry;
import io.admix.core.recipe.LinkMethod;
import io.admix.engine.plan.PlanHeader.PlanSource;
import io.admix.engine.plan.PlanRun;
import io.admix.engine.report.MethodCount;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A run whose entries were all tried, on its way to the catalogue. */
record FinishedRun(PlanRun run, List<PlanEntry> entries, List<EntryResult> results) {

  /** Rows, failures and receipt, as the catalogue takes them. */
  RunRecord toRecord(List<PlanSource> sources, String bootId) {
    List<RunRecord.Row> rows = new ArrayList<>(entries.size());
    List<FailureRecord> failures = new ArrayList<>();
    long bytes = 0;
    for (int i = 0; i < entries.size(); i++) {
      PlanEntry entry = entries.get(i);
      PlanSource source = sources.get(entry.source());
      switch (results.get(i)) {
        case EntryResult.Placed placed -> {
          bytes += entry.size();
          rows.add(row(entry, source));
        }
        case EntryResult.Failed failed ->
            failures.add(
                new FailureRecord(
                    run.number(),
                    i,
                    source.name(),
                    entry.sourcePath(),
                    failed.reason().name(),
                    failed.detail()));
        case EntryResult.Unused unused -> {}
      }
    }
    Receipt receipt =
        new Receipt(
            run.number(),
            rows.size(),
            failures.size(),
            bytes,
            bootId,
            ReceiptDetails.encode(entries, results));
    return new RunRecord(receipt, rows, failures);
  }

  /** Counts what became of the entries. */
  void count(Map<LinkMethod, MethodCount> placed, Map<String, Integer> failures) {
    for (int i = 0; i < entries.size(); i++) {
      MethodCount one = new MethodCount(1, entries.get(i).size());
      switch (results.get(i)) {
        case EntryResult.Placed p ->
            placed.merge(p.method(), one, (a, b) -> a.plus(b.files(), b.bytes()));
        case EntryResult.Failed f -> failures.merge(f.reason().name(), 1, Integer::sum);
        case EntryResult.Unused unused -> {}
      }
    }
  }

  /** The row of a file that was placed was seen by the planner, so that its time is known. */
  private static RunRecord.Row row(PlanEntry entry, PlanSource source) {
    Instant modified = Instant.ofEpochSecond(0, entry.seen().modifiedNs());
    return new RunRecord.Row(
        entry.targetPath(), entry.size(), modified, source.datasetId(), entry.rowId());
  }
}
