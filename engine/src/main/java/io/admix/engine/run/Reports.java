package io.admix.engine.run;

import io.admix.catalog.Task;
import io.admix.core.recipe.Recipe;
import io.admix.engine.plan.PlanHeader;
import io.admix.engine.plan.PlanSummary;
import io.admix.engine.recipe.RecipeJson;
import io.admix.engine.report.Phases;
import io.admix.engine.report.RunReport;
import io.admix.engine.report.SourceReport;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/** Puts reports together. */
final class Reports {
  private Reports() {}

  /**
   * How long this attempt placed and recorded, and how many files: what earlier attempts of the
   * task placed was not placed in that time.
   */
  record Pace(double seconds, long files) {
    static final Pace NONE = new Pace(0, 0);

    double filesPerSecond() {
      return seconds > 0 ? files / seconds : 0;
    }
  }

  /** Of a task that has a plan. */
  static RunReport of(
      Task task,
      Task.Status status,
      PlanHeader header,
      Tally tally,
      Pace pace,
      String concurrency) {
    PlanSummary summary = header.summary();
    List<SourceReport> sources = new ArrayList<>();
    for (int i = 0; i < summary.sources().size(); i++) {
      SourceReport planned = summary.sources().get(i);
      sources.add(
          new SourceReport(
              planned.name(),
              planned.requested(),
              planned.available(),
              tally.files(i),
              tally.bytes(i)));
    }
    return new RunReport(
        task.id(),
        status.name(),
        false,
        new RunReport.Target(
            task.datasetId(), task.name(), task.targetPath(), tally.files(), tally.bytes()),
        summary.seed(),
        sources,
        tally.methods(),
        tally.failures(),
        tally.failuresTotal(),
        pace.seconds(),
        pace.filesPerSecond(),
        Phases.NONE,
        new RunReport.PlanIdentity(summary.entries(), summary.sha256()),
        warnings(summary, status),
        concurrency);
  }

  /** Whether there was room is settled once the mix is made. */
  private static List<String> warnings(PlanSummary summary, Task.Status status) {
    List<String> warnings = new ArrayList<>(summary.warnings());
    if (status != Task.Status.COMPLETED) {
      warnings.addAll(summary.forecasts());
    }
    return warnings;
  }

  /** Of a task that is not planned yet. */
  static RunReport unplanned(Task task) {
    Recipe recipe = RecipeJson.parse(task.recipe());
    List<SourceReport> sources =
        recipe.sources().stream()
            .map(source -> new SourceReport(source.name(), 0, 0, 0, 0))
            .toList();
    long seed = recipe.seed() == null ? 0 : recipe.seed();
    return new RunReport(
        task.id(),
        task.status().name(),
        false,
        new RunReport.Target(
            task.datasetId(), task.name(), task.targetPath(), task.files(), task.bytes()),
        seed,
        sources,
        new LinkedHashMap<>(),
        List.of(),
        0,
        0,
        0,
        Phases.NONE,
        new RunReport.PlanIdentity(0, ""),
        List.of(),
        "");
  }

  /** The same report of a run that found its dataset published. */
  static RunReport unchanged(RunReport published, List<String> more) {
    return with(published, true, published.phases(), more);
  }

  /** The same report with one more warning. */
  static RunReport warned(RunReport report, String warning) {
    return with(report, report.unchanged(), report.phases(), List.of(warning));
  }

  /** The same report with what the attempt's phases took. */
  static RunReport timed(RunReport report, Phases phases) {
    return with(report, report.unchanged(), phases, List.of());
  }

  private static RunReport with(
      RunReport report, boolean unchanged, Phases phases, List<String> more) {
    List<String> warnings = new ArrayList<>(report.warnings());
    warnings.addAll(more);
    return new RunReport(
        report.taskId(),
        report.status(),
        unchanged,
        report.target(),
        report.seed(),
        report.sources(),
        report.methods(),
        report.failures(),
        report.failuresTotal(),
        report.seconds(),
        report.filesPerSecond(),
        phases,
        report.plan(),
        warnings,
        report.concurrency());
  }
}
