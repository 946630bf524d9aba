package io.admix.engine.plan;

import io.admix.core.plan.PlanEntry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * Some of the very files that a plan chose, in placing order; reserves are not among them.
 *
 * @param offset files of the plan before the first of these
 * @param total files of the plan
 */
public record PlannedFiles(List<PlannedFile> files, long offset, long total) {
  /** Files of one page at most. */
  public static final int MOST = 1_000;

  public PlannedFiles {
    files = List.copyOf(files);
  }

  /**
   * One file.
   *
   * @param source name of its source
   * @param path below the source's folder
   * @param size in bytes when it was planned
   * @param target path below the mix's folder
   */
  public record PlannedFile(String source, String path, long size, String target) {}

  /**
   * Reads a page; what lies before it is passed over, not held.
   *
   * @param offset from 0
   * @param size 1 to {@link #MOST}
   */
  public static PlannedFiles read(SealedPlan plan, long offset, int size) throws IOException {
    if (offset < 0 || size < 1 || size > MOST) {
      throw new IllegalArgumentException("%d files from %d".formatted(size, offset));
    }
    List<PlannedFile> files = new ArrayList<>();
    long before = 0;
    for (Iterator<PlanRun> runs = plan.runs(); runs.hasNext() && files.size() < size; ) {
      PlanRun run = runs.next();
      if (run.isReserve()) {
        break;
      }
      if (before + run.entries() > offset) {
        List<PlanEntry> entries = plan.entries(run);
        int from = Math.toIntExact(Math.max(0, offset - before));
        int to = Math.min(entries.size(), from + size - files.size());
        entries.subList(from, to).forEach(entry -> files.add(file(plan, entry)));
      }
      before += run.entries();
    }
    return new PlannedFiles(files, offset, plan.header().summary().entries());
  }

  private static PlannedFile file(SealedPlan plan, PlanEntry entry) {
    return new PlannedFile(
        plan.header().sources().get(entry.source()).name(),
        entry.sourcePath(),
        entry.size(),
        entry.targetPath());
  }
}
