package io.admix.engine.plan;

import io.admix.catalog.Catalog;
import io.admix.engine.export.ExportManifest;
import io.admix.engine.place.LazyStore;
import io.admix.files.FileAccess;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Makes the same sealed plans as {@link Planner}, byte for byte, of datasets that lie in parts on
 * many machines: each filters, ranks, chooses and looks at the files of its export; what is counted
 * comes here, and what was chosen is read here once, file by file. Folders that are no datasets,
 * and places of objects, are read here. Memory does not grow with the number of files, here and
 * there.
 */
public final class SpreadPlanner {
  private final Catalog catalog;
  private final FileAccess access;
  private final LazyStore objects;
  private final Path scratch;
  private final ExportManifest export;
  private final PartWorkers workers;
  private final Path work;

  /**
   * @param objects asked where the target is a place of objects; closed by its owner
   * @param scratch folder of this machine for sort runs
   * @param work folder that is there, which all workers have under the same path: for what is
   *     chosen; whoever made it removes it with all that it holds
   */
  public SpreadPlanner(
      Catalog catalog,
      FileAccess access,
      LazyStore objects,
      Path scratch,
      ExportManifest export,
      PartWorkers workers,
      Path work) {
    this.catalog = catalog;
    this.access = access;
    this.objects = objects;
    this.scratch = scratch;
    this.export = export;
    this.workers = workers;
    this.work = work;
  }

  /**
   * Plans and seals as {@link Planner#plan}.
   *
   * @throws InfeasibleException when sources cannot give what is asked
   * @throws PlanException for everything else that is wrong, also when a dataset is not in the
   *     export or has changed since they were made, a part is not as it was written, or a worker
   *     lacks a folder: it is named with its host
   * @throws InterruptedException when the thread was interrupted; nothing is left but the work
   *     folder
   */
  public PlanSummary plan(PlanRequest request, Path file, PlanProgress listener)
      throws IOException, InterruptedException, InfeasibleException, PlanException {
    return new PlanCourse(
            catalog,
            access,
            objects,
            scratch,
            plan -> new SpreadReading(plan, catalog.datasets(), export, workers, work))
        .plan(request, file, listener);
  }
}
