package io.admix.engine.run;

import io.admix.catalog.Receipt;
import io.admix.catalog.Tasks;
import io.admix.core.plan.PlanEntry;
import io.admix.engine.plan.PlanRun;
import io.admix.engine.plan.SealedPlan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.List;

/**
 * Walks a plan beside the receipts of its task: both are in order of run number, so that neither is
 * held.
 */
final class PlanEntries {
  private PlanEntries() {}

  /**
   * Calls {@code visitor} for each run that has a receipt, with what became of its entries.
   *
   * @throws IOException when the plan cannot be read, or the visitor threw it
   */
  static void recorded(SealedPlan plan, Tasks tasks, String taskId, Visitor visitor)
      throws IOException {
    Iterator<PlanRun> runs = plan.runs();
    try {
      tasks.receipts(taskId, receipt -> visit(plan, runs, receipt, visitor));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static void visit(
      SealedPlan plan, Iterator<PlanRun> runs, Receipt receipt, Visitor visitor) {
    try {
      while (runs.hasNext()) {
        PlanRun run = runs.next();
        if (run.number() == receipt.run()) {
          visitor.run(run, plan.entries(run), ReceiptDetails.of(receipt).results());
          return;
        }
      }
      throw new IllegalStateException(
          "receipt of run " + receipt.run() + " has no run in the plan");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Receives runs. */
  @FunctionalInterface
  interface Visitor {
    void run(PlanRun run, List<PlanEntry> entries, List<EntryResult> results) throws IOException;
  }
}
