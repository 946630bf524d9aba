package io.admix.cli;

import io.admix.core.name.Printable;
import io.admix.engine.report.FailureReport;
import io.admix.engine.report.RunReport;
import io.admix.engine.report.SourceReport;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The table that plan and report share: a bar per source. */
final class SourceTable {
  private static final int BAR = 24;

  private SourceTable() {}

  /**
   * @param got heading of the achieved files: {@code got} after a run, {@code planned} before
   */
  static List<String> lines(List<SourceReport> sources, String got, Style style) {
    Table table = new Table("source", ">asked", ">available", ">" + got, "", ">size");
    long most =
        sources.stream().mapToLong(s -> Math.max(s.requested(), s.achieved())).max().orElse(1);
    for (SourceReport source : sources) {
      table.row(
          Printable.of(source.name()),
          Words.number(source.requested()),
          Words.number(source.available()),
          Words.number(source.achieved()),
          style.bar(source.achieved(), source.requested(), most, BAR),
          Words.bytes(source.bytes()));
    }
    table.row(
        "total",
        Words.number(sources.stream().mapToLong(SourceReport::requested).sum()),
        "",
        Words.number(sources.stream().mapToLong(SourceReport::achieved).sum()),
        "",
        Words.bytes(sources.stream().mapToLong(SourceReport::bytes).sum()));
    return table.lines(style);
  }

  /** What fell short and why, a line per source; empty when nothing did. */
  static List<String> shortfalls(RunReport report) {
    Set<String> failed =
        report.failures().stream().map(FailureReport::source).collect(Collectors.toSet());
    return report.sources().stream()
        .filter(s -> s.achieved() < s.requested())
        .map(s ->
            shortfall(
                s,
                failed.contains(s.name())
                    ? "the others could not be placed"
                    : "the others went to an earlier source"))
        .toList();
  }

  /** The same before anything was placed. */
  static List<String> shortfalls(List<SourceReport> planned) {
    return planned.stream()
        .filter(s -> s.achieved() < s.requested())
        .map(s -> shortfall(s, "the others go to an earlier source"))
        .toList();
  }

  private static String shortfall(SourceReport source, String others) {
    long missing = source.requested() - source.achieved();
    String why =
        source.available() < source.requested()
            ? "only " + Words.number(source.available()) + " match its filters"
            : others;
    return "short: " + Printable.of(source.name()) + " by " + Words.files(missing) + ", " + why;
  }
}
