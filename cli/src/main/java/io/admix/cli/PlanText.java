package io.admix.cli;

import io.admix.core.recipe.LinkMethod;
import io.admix.engine.plan.PlanCost;
import io.admix.engine.plan.PlanJson;
import io.admix.engine.plan.PlanSummary;
import io.admix.engine.report.MethodCount;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code plan} for people. */
final class PlanText {
  private final Style style;

  PlanText(Style style) {
    this.style = style;
  }

  List<String> lines(PlanSummary plan) {
    List<String> lines = new ArrayList<>();
    lines.add(
        style.bold(plan.name())
            + ": "
            + Words.files(plan.entries())
            + ", "
            + Words.bytes(plan.bytes())
            + style.dim("  seed " + plan.seed()));
    lines.add("into " + plan.targetPath() + style.dim("  (nothing is made yet)"));
    lines.add("");
    lines.addAll(SourceTable.lines(plan.sources(), "planned", style));
    lines.add("");
    lines.add("methods  " + methods(plan.methods()));
    lines.add(
        "cost     "
            + Words.bytes(PlanCost.bytesToCopy(plan))
            + " to copy, "
            + Words.number(PlanCost.inodes(plan))
            + (plan.target().isObjects() ? " new objects" : " new inodes for files"));
    if (plan.binding() != null) {
      lines.add(
          "limit    " + plan.binding() + " is the source that keeps the mix from being larger");
    }
    if (plan.reserves() > 0) {
      lines.add("reserve  " + Words.files(plan.reserves()) + " to replace what cannot be placed");
    }
    SourceTable.shortfalls(plan.sources()).forEach(s -> lines.add(style.warning(s)));
    if (plan.unseen() > 0) {
      lines.add(
          style.warning("missing: " + Words.files(plan.unseen()) + " chosen, but not there now"));
    }
    PlanJson.notes(plan).forEach(w -> lines.add(style.warning("note: ") + w));
    return lines;
  }

  static String methods(Map<LinkMethod, MethodCount> methods) {
    List<String> parts = new ArrayList<>();
    methods.forEach((method, count) -> {
      if (count.files() > 0) {
        parts.add(
            method.word()
                + " "
                + Words.files(count.files())
                + " ("
                + Words.bytes(count.bytes())
                + ")");
      }
    });
    return parts.isEmpty() ? "none" : String.join(", ", parts);
  }
}
