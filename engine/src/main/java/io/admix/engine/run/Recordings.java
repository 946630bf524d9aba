package io.admix.engine.run;

import io.admix.catalog.Tasks;
import io.admix.engine.plan.SealedPlan;
import java.io.IOException;

/** What the receipts of one task tell, read from the catalogue whenever it is asked. */
record Recordings(SealedPlan plan, Tasks tasks, String taskId) implements Growing.Recorded {

  @Override
  public long files() {
    long[] files = new long[1];
    tasks.receipts(taskId, receipt -> files[0] += receipt.files());
    return files[0];
  }

  @Override
  public long failures() {
    long[] failures = new long[1];
    tasks.receipts(taskId, receipt -> failures[0] += receipt.failures());
    return failures[0];
  }

  @Override
  public void each(Visitor visitor) throws IOException {
    PlanEntries.recorded(
        plan, tasks, taskId, (run, entries, results) -> visitor.run(entries, results));
  }
}
