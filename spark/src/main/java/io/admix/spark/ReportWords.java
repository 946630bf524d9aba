package io.admix.spark;

import io.admix.core.name.ByteCount;
import io.admix.core.name.Printable;
import io.admix.engine.report.ReportJson;
import io.admix.engine.report.RunReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/** The report, as JSON and in a few lines. */
final class ReportWords {
  private static final int FAILURES_SHOWN = 5;

  private ReportWords() {}

  /** As {@code admix run --json} prints it. */
  static String json(RunReport report) {
    ObjectNode answer = ReportJson.node(report);
    answer.remove("methodBytes");
    return answer.toString();
  }

  static List<String> lines(RunReport report) {
    List<String> lines = new ArrayList<>();
    lines.add(
        String.format(
            Locale.ROOT,
            "%s: %s, %,d files, %s, seed %d",
            Printable.of(report.target().name()),
            report.unchanged()
                ? "already published from this recipe"
                : report.status().equals("COMPLETED") ? "published" : report.status(),
            report.target().files(),
            ByteCount.words(report.target().bytes()),
            report.seed()));
    report
        .sources()
        .forEach(source ->
            lines.add(
                String.format(
                    Locale.ROOT,
                    "  %s: %,d files",
                    Printable.of(source.name()),
                    source.achieved())));
    lines.add(
        "methods: "
            + report.methods().entrySet().stream()
                .map(m -> m.getKey().word() + " " + m.getValue().files())
                .collect(Collectors.joining(", ")));
    if (report.failuresTotal() > 0) {
      lines.add(String.format(Locale.ROOT, "%,d could not be placed:", report.failuresTotal()));
      report.failures().stream()
          .limit(FAILURES_SHOWN)
          .forEach(f ->
              lines.add(
                  "  %s/%s: %s, %s"
                      .formatted(
                          f.source(),
                          Printable.of(f.path()),
                          f.reason(),
                          Printable.of(f.detail()))));
    }
    report.warnings().forEach(warning -> lines.add("note: " + warning));
    lines.add("The mix is in " + report.target().path());
    return lines;
  }
}
