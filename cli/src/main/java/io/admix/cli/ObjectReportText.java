package io.admix.cli;

import io.admix.engine.doctor.ObjectReport;
import java.util.ArrayList;
import java.util.List;

/** {@code doctor} for people, where a place holds objects. */
final class ObjectReportText {
  private final Style style;

  ObjectReportText(Style style) {
    this.style = style;
  }

  List<String> lines(ObjectReport report) {
    Table sides = new Table("", "source", "target");
    sides.row("place", report.source(), report.target());
    sides.row("seen", seen(report), empty(report));
    List<String> lines = new ArrayList<>(sides.lines(style));
    lines.add("store    " + report.store());
    lines.add("");
    lines.addAll(tried(report));
    String problem = report.problem();
    lines.add(
        problem == null
            ? "admix run uses " + style.bold("copy") + "."
            : style.bad("admix run can make nothing here: ") + problem);
    report.notes().forEach(note -> lines.add(style.warning("note: ") + note));
    return lines;
  }

  private static String seen(ObjectReport report) {
    return report.sourceKey() == null ? "" : report.sourceKey() + ", ...";
  }

  private static String empty(ObjectReport report) {
    Boolean isEmpty = report.isTargetEmpty();
    return isEmpty == null ? "" : isEmpty ? "empty" : "not empty";
  }

  private List<String> tried(ObjectReport report) {
    var abilities = report.abilities();
    if (abilities == null) {
      return List.of();
    }
    Table table = new Table("tried", "", "");
    row(table, "put", abilities.putIfAbsent(), "onto an object that is there");
    row(table, "copy", abilities.copyIfAbsent(), "onto an object that is there");
    row(table, "parts", abilities.completeIfAbsent(), "onto an object that is there");
    row(table, "changed source", abilities.copyPinned(), "copied though its entity tag is another");
    row(table, "remove", abilities.deleteIfMatch(), "an object with another entity tag");
    table.row("tags", abilities.tags() ? "kept" : "no", "");
    List<String> lines = new ArrayList<>(table.lines(style));
    lines.add("");
    return lines;
  }

  private static void row(Table table, String what, boolean isRefused, String how) {
    table.row(what, isRefused ? "refused" : "not refused", how);
  }
}
