package io.admix.cli;

import io.admix.core.name.Printable;
import io.admix.core.recipe.LinkMethod;
import io.admix.engine.report.FailureReport;
import io.admix.engine.report.MethodCount;
import io.admix.engine.report.Phases;
import io.admix.engine.report.RunReport;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The report for people. */
final class ReportText {
  private static final int PATHS_SHOWN = 3;
  private final Style style;

  ReportText(Style style) {
    this.style = style;
  }

  List<String> lines(RunReport report) {
    RunReport.Target target = report.target();
    List<String> lines = new ArrayList<>();
    lines.add(
        style.bold(Printable.of(target.name()))
            + ": "
            + state(report)
            + style.dim("  seed " + report.seed()));
    lines.add("");
    lines.addAll(SourceTable.lines(report.sources(), "got", style));
    lines.add("");
    lines.add("methods  " + PlanText.methods(report.methods()));
    if (report.seconds() > 0) {
      lines.add("time     " + time(report));
    }
    SourceTable.shortfalls(report).forEach(s -> lines.add(style.warning(s)));
    failures(report, lines);
    report.warnings().forEach(w -> lines.add(style.warning("note: ") + w));
    if (report.methods().getOrDefault(LinkMethod.HARDLINK, MethodCount.NONE).files() > 0) {
      lines.add("note: hard links share their bytes: editing a file in the mix edits its source.");
    }
    lines.add("");
    lines.add(
        (report.status().equals("COMPLETED") ? "The mix is in " : "The mix is meant for ")
            + style.bold(target.path()));
    return lines;
  }

  private static String time(RunReport report) {
    Phases phases = report.phases();
    String rate = Words.rate(report.filesPerSecond());
    double total = phases.total();
    if (total == 0) {
      return Words.seconds(report.seconds()) + ", " + rate;
    }
    String number = total < 10 ? "%.2f" : "%.1f";
    String words =
        "read %n, plan %n, place %n (recording busy %n), manifest %n, sync %n, publish %n; placed "
            .replace("%n", number);
    return Words.seconds(total)
        + ": "
        + String.format(
            Locale.ROOT,
            words,
            phases.read(),
            phases.plan(),
            phases.place(),
            phases.record(),
            phases.manifest(),
            phases.sync(),
            phases.publish())
        + rate;
  }

  private String state(RunReport report) {
    String files =
        Words.files(report.target().files()) + ", " + Words.bytes(report.target().bytes());
    if (report.unchanged()) {
      return style.good("already published") + " from this recipe, " + files;
    }
    return switch (report.status()) {
      case "COMPLETED" -> style.good("published") + ", " + files;
      case "PENDING" -> "not finished, resumable, " + files + " so far";
      default -> report.status().toLowerCase(Locale.ROOT) + ", " + files + " so far";
    };
  }

  private void failures(RunReport report, List<String> lines) {
    if (report.failuresTotal() == 0) {
      return;
    }
    lines.add("");
    lines.add(style.bad(Words.files(report.failuresTotal()) + " could not be placed:"));
    Map<String, List<FailureReport>> byReason = new LinkedHashMap<>();
    report
        .failures()
        .forEach(f -> byReason.computeIfAbsent(f.reason(), r -> new ArrayList<>()).add(f));
    byReason.forEach((reason, failures) -> {
      lines.add("  " + reason + ": " + Words.number(failures.size()));
      failures.stream()
          .limit(PATHS_SHOWN)
          .forEach(f ->
              lines.add(
                  "    "
                      + Printable.of(f.source() + ": " + f.path())
                      + ", "
                      + Printable.of(f.detail())));
    });
    if (report.failuresTotal() > report.failures().size()) {
      lines.add(
          "  (reasons counted over the first " + Words.number(report.failures().size()) + ")");
    }
  }
}
