package io.admix.spark.plan;

import io.admix.engine.plan.InfeasibleException;
import io.admix.engine.plan.PlanException;
import io.admix.engine.plan.PlanParquet;
import io.admix.engine.plan.PlanProgress;
import io.admix.engine.plan.PlanRequest;
import io.admix.engine.plan.PlanSummary;
import io.admix.engine.run.PlanMaker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/**
 * Keeps each plan that is made as Parquet too, in a folder of the user's that must not be there
 * yet.
 */
public record ParquetKeeper(PlanMaker planner, Path folder) implements PlanMaker {
  @Override
  public PlanSummary plan(PlanRequest request, Path scratch, Path file, PlanProgress progress)
      throws IOException, InterruptedException, InfeasibleException, PlanException {
    requireFree();
    PlanSummary summary = planner.plan(request, scratch, file, progress);
    progress.at("writing the plan as Parquet", summary.entries());
    PlanParquet.write(file, folder);
    return summary;
  }

  @Override
  public void check(PlanRequest request) throws PlanException {
    planner.check(request);
    requireFree();
  }

  private void requireFree() throws PlanException {
    if (Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
      throw new PlanException(
          "the folder " + folder + " for the plan as Parquet exists already: name another one");
    }
    Path above = folder.getParent();
    if (above == null || !Files.isDirectory(above)) {
      throw new PlanException(
          "the folder "
              + folder
              + " for the plan as Parquet cannot be made: make the one above it");
    }
  }
}
