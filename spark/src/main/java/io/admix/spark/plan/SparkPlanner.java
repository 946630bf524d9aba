package io.admix.spark.plan;

import io.admix.engine.Admix;
import io.admix.engine.export.CatalogExport;
import io.admix.engine.export.DamagedExportException;
import io.admix.engine.plan.InfeasibleException;
import io.admix.engine.plan.PlanException;
import io.admix.engine.plan.PlanProgress;
import io.admix.engine.plan.PlanRequest;
import io.admix.engine.plan.PlanSummary;
import io.admix.engine.run.PlanMaker;
import io.admix.engine.spread.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.function.Supplier;
import org.apache.spark.SparkContext;
import org.jspecify.annotations.Nullable;

/**
 * Makes the plans of one machine on a cluster, of an export of the catalogue that driver and
 * executors share. Safe for one plan at a time.
 */
public final class SparkPlanner implements PlanMaker {
  private final Supplier<SparkContext> sessions;
  private final Admix admix;
  private final Path export;
  private final @Nullable Path work;

  /**
   * @param sessions begins a session, or gives the one that there is
   * @param admix closed by its owner
   * @param export folder of the export, which all machines have under this path
   * @param work folder that all machines have under this path and may write to; null: the scratch
   *     folder of the task
   */
  public SparkPlanner(
      Supplier<SparkContext> sessions, Admix admix, Path export, @Nullable Path work) {
    this.sessions = sessions;
    this.admix = admix;
    this.export = export;
    this.work = work;
  }

  @Override
  public PlanSummary plan(PlanRequest request, Path scratch, Path file, PlanProgress progress)
      throws IOException, InterruptedException, InfeasibleException, PlanException {
    CatalogExport opened = open();
    Files.createDirectories(scratch);
    Path ofTask = (work == null ? scratch : work).resolve("admix-plan-" + name(scratch));
    // What a killed driver left: the task is ours alone.
    Trees.remove(ofTask);
    // A driver that stood still and lost the task may wake up and remove what is its own.
    Path shared = Files.createDirectories(ofTask.resolve(UUID.randomUUID().toString()));
    try (SparkWorkers workers = new SparkWorkers(sessions.get(), opened)) {
      return admix
          .planner(opened.manifest(), workers, scratch, shared)
          .plan(request, file, progress);
    } finally {
      Trees.remove(shared);
      Trees.removeIfEmpty(ofTask);
    }
  }

  @Override
  public void check(PlanRequest request) throws PlanException {
    admix.check(request);
    try {
      open();
    } catch (IOException e) {
      throw new PlanException("the export " + export + " cannot be read: " + e.getMessage());
    }
  }

  private CatalogExport open() throws IOException, PlanException {
    try {
      return CatalogExport.open(export);
    } catch (DamagedExportException e) {
      throw new PlanException(String.valueOf(e.getMessage()));
    }
  }

  /** Every task has a folder of its own above its scratch folder, but may share the other. */
  static String name(Path scratch) {
    Path above = scratch.toAbsolutePath().normalize().getParent();
    return String.valueOf((above == null ? scratch : above).getFileName());
  }
}
