package io.admix.engine.plan;

import io.admix.core.recipe.LinkMethod;
import io.admix.engine.report.MethodCount;

/** What a plan will take on the disk. */
public final class PlanCost {
  private PlanCost() {}

  /** Bytes that are copied, none shared. */
  public static long bytesToCopy(PlanSummary plan) {
    return plan.methods().getOrDefault(LinkMethod.COPY, MethodCount.NONE).bytes();
  }

  /** A hard link takes no inode of its own; everything else takes one. */
  public static long inodes(PlanSummary plan) {
    return plan.methods().entrySet().stream()
        .filter(e -> e.getKey() != LinkMethod.HARDLINK)
        .mapToLong(e -> e.getValue().files())
        .sum();
  }
}
