package io.admix.bench;

import io.admix.core.plan.PlanEntry;
import io.admix.engine.plan.InvalidPlanException;
import io.admix.engine.plan.PlanRun;
import io.admix.engine.plan.SealedPlan;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;

/**
 * Writes the source paths of a plan in placing order, one per line, for the peers: {@code Listing
 * PLAN LIST}.
 */
public final class Listing {
  private Listing() {}

  public static void main(String[] args) throws IOException, InvalidPlanException {
    try (SealedPlan plan = SealedPlan.open(Path.of(args[0]));
        BufferedWriter list = Files.newBufferedWriter(Path.of(args[1]))) {
      for (Iterator<PlanRun> runs = plan.runs(); runs.hasNext(); ) {
        PlanRun run = runs.next();
        if (!run.isReserve()) {
          write(plan, run, list);
        }
      }
    }
  }

  private static void write(SealedPlan plan, PlanRun run, BufferedWriter list) throws IOException {
    for (PlanEntry entry : plan.entries(run)) {
      list.write(plan.header().sources().get(entry.source()).root());
      list.write('/');
      list.write(entry.sourcePath());
      list.write('\n');
    }
  }
}
