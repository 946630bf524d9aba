package io.admix.cli;

import io.admix.engine.report.RunReport;
import tools.jackson.databind.node.ObjectNode;

/** The JSON answer of {@code run}. */
final class ReportJson {
  private ReportJson() {}

  static ObjectNode run(RunReport report) {
    ObjectNode answer = io.admix.engine.report.ReportJson.node(report);
    answer.remove("methodBytes");
    return answer;
  }
}
