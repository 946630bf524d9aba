package io.admix.spark.plan;

import io.admix.catalog.Dataset;
import io.admix.core.recipe.Origin;
import io.admix.core.recipe.Recipe;
import io.admix.engine.Admix;
import io.admix.engine.RefusedException;
import io.admix.engine.export.Exports;
import io.admix.engine.plan.InfeasibleException;
import io.admix.engine.plan.PlanException;
import io.admix.engine.plan.PlanProgress;
import io.admix.engine.plan.PlanRequest;
import io.admix.engine.plan.PlanSummary;
import io.admix.engine.run.PlanMaker;
import io.admix.engine.spread.Trees;
import io.admix.spark.source.PostgresExport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.jspecify.annotations.Nullable;

/**
 * Makes the plans of one machine on a cluster, out of a catalogue on PostgreSQL: executors read the
 * datasets of the recipe in partitions, in one snapshot, into an export that is removed when the
 * plan is made.
 */
public final class CatalogPlanner implements PlanMaker {
  private final Supplier<SparkContext> sessions;
  private final Admix admix;
  private final @Nullable Path work;

  /**
   * @param sessions begins a session, or gives the one that there is
   * @param admix closed by its owner
   * @param work as of {@link SparkPlanner}
   * @throws RefusedException when the catalogue is not PostgreSQL
   */
  public CatalogPlanner(Supplier<SparkContext> sessions, Admix admix, @Nullable Path work)
      throws RefusedException {
    if (!admix.settings().databaseUrl().startsWith("jdbc:postgresql:")) {
      throw new RefusedException(
          "Executors can read a catalogue on PostgreSQL only, and this one is SQLite. Export it first (admix dataset export DIR), then name the export: --export DIR.");
    }
    this.sessions = sessions;
    this.admix = admix;
    this.work = work;
  }

  @Override
  public PlanSummary plan(PlanRequest request, Path scratch, Path file, PlanProgress progress)
      throws IOException, InterruptedException, InfeasibleException, PlanException {
    Files.createDirectories(scratch);
    Path ofTask =
        (work == null ? scratch : work).resolve("admix-export-" + SparkPlanner.name(scratch));
    // What a killed driver left: the task is ours alone.
    Trees.remove(ofTask);
    Files.createDirectories(ofTask);
    Path export = ofTask.resolve(UUID.randomUUID().toString());
    progress.at("reading the catalogue", 0);
    try {
      PostgresExport.make(
          JavaSparkContext.fromSparkContext(sessions.get()),
          admix.settings(),
          ids(request.recipe()),
          export,
          Exports.ROWS_PER_PART);
      return new SparkPlanner(sessions, admix, export, work).plan(request, scratch, file, progress);
    } catch (RefusedException e) {
      throw new PlanException(String.join(" ", e.problems()));
    } finally {
      Trees.remove(export);
      Trees.removeIfEmpty(ofTask);
    }
  }

  private List<String> ids(Recipe recipe) {
    Set<String> names =
        recipe.sources().stream()
            .map(source -> source.origin())
            .filter(Origin.Dataset.class::isInstance)
            .map(origin -> ((Origin.Dataset) origin).name())
            .collect(Collectors.toSet());
    return admix.datasets().list().stream()
        .filter(dataset -> names.contains(dataset.name()) || names.contains(dataset.id()))
        .map(Dataset::id)
        .toList();
  }

  @Override
  public void check(PlanRequest request) throws PlanException {
    admix.check(request);
  }
}
