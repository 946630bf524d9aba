package io.admix.engine.run;

import io.admix.core.recipe.Recipe;
import io.admix.engine.plan.InfeasibleException;
import io.admix.engine.plan.PlanException;
import io.admix.engine.plan.PlanProgress;
import io.admix.engine.plan.PlanSummary;
import io.admix.engine.report.RunReport;
import io.admix.engine.report.SourceReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tells whether a published recipe would choose other files today, by planning it again: exact, and
 * far cheaper than placing.
 */
final class SourceChanges {
  /** Above so many files to look at, the answer takes longer than a repeated command should. */
  private static final long FILES_MAX = 2_000_000;

  private final Replan replan;

  SourceChanges(Replan replan) {
    this.replan = replan;
  }

  /** Plans a recipe and throws the plan away when {@code out} is null. */
  @FunctionalInterface
  interface Replan {
    PlanSummary plan(Recipe recipe, @Nullable Path out, PlanProgress progress)
        throws IOException, InterruptedException, InfeasibleException, PlanException;
  }

  /**
   * What has changed since the report, as sentences; empty when nothing has.
   *
   * @param fromPlan whether a sealed plan was asked for: then sources do not matter
   */
  List<String> since(RunReport report, Recipe recipe, boolean fromPlan)
      throws IOException, InterruptedException {
    if (fromPlan) {
      return List.of();
    }
    long files = report.sources().stream().mapToLong(SourceReport::available).sum();
    if (files > FILES_MAX) {
      return List.of(
          "The sources (%,d files) were not looked at again; admix verify %s does."
              .formatted(files, report.target().name()));
    }
    try {
      PlanSummary now = replan.plan(recipe, null, PlanProgress.SILENT);
      boolean isSame = now.sha256().equals(report.plan().sha256());
      return isSame
          ? List.of()
          : List.of(
              "The sources have changed since: the same recipe would choose other files today.");
    } catch (InfeasibleException | PlanException e) {
      return List.of(
          "The sources have changed since: the same recipe cannot be planned today: "
              + e.getMessage());
    }
  }
}
