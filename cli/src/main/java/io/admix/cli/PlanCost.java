package io.admix.cli;

import io.admix.core.recipe.LinkMethod;
import io.admix.engine.plan.PlanSummary;
import io.admix.engine.report.MethodCount;

/** What a plan will take on the disk. */
final class PlanCost {
  private PlanCost() {}

  static long bytesToCopy(PlanSummary plan) {
    return plan.methods().getOrDefault(LinkMethod.COPY, MethodCount.NONE).bytes();
  }

  /** A hard link takes no inode of its own; everything else takes one. */
  static long inodes(PlanSummary plan) {
    return plan.methods().entrySet().stream()
        .filter(e -> e.getKey() != LinkMethod.HARDLINK)
        .mapToLong(e -> e.getValue().files())
        .sum();
  }
}
