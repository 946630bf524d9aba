package io.admix.engine.plan;

import io.admix.catalog.Catalog;
import io.admix.files.FileAccess;
import java.io.IOException;
import java.nio.file.Path;

/** Makes sealed plans. Memory does not grow with the number of files. */
public final class Planner {
  private final Catalog catalog;
  private final FileAccess access;
  private final Path scratch;

  /**
   * @param scratch folder for spools and sort runs, removed after each plan
   */
  public Planner(Catalog catalog, FileAccess access, Path scratch) {
    this.catalog = catalog;
    this.access = access;
    this.scratch = scratch;
  }

  /**
   * Plans and seals: {@code file} is there whole, synced, or not at all.
   *
   * @throws InfeasibleException when sources cannot give what is asked
   * @throws PlanException for everything else that is wrong with the request: an unknown dataset
   *     (near one suggested), an unreadable folder, a target inside a source, names too long, …;
   *     all problems at once
   */
  public PlanSummary plan(PlanRequest request, Path file, PlanProgress progress)
      throws IOException, InterruptedException, InfeasibleException, PlanException {
    throw new PlanException(
        "not built yet " + catalog + access + scratch + request + file + progress);
  }
}
