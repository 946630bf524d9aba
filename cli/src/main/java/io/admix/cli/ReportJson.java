package io.admix.cli;

import io.admix.core.recipe.LinkMethod;
import io.admix.engine.plan.PlanSummary;
import io.admix.engine.report.FailureReport;
import io.admix.engine.report.MethodCount;
import io.admix.engine.report.RunReport;
import io.admix.engine.report.SourceReport;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The JSON answers of {@code run} and {@code plan}. */
final class ReportJson {
  private ReportJson() {}

  static ObjectNode run(RunReport report) {
    ObjectNode answer =
        Json.object()
            .put("taskId", report.taskId())
            .put("status", report.status())
            .put("unchanged", report.unchanged());
    RunReport.Target target = report.target();
    answer
        .putObject("target")
        .put("datasetId", target.datasetId())
        .put("name", target.name())
        .put("path", target.path())
        .put("files", target.files())
        .put("bytes", target.bytes());
    answer.put("seed", report.seed());
    sources(answer, report.sources());
    methods(answer, report.methods());
    ArrayNode failures = answer.putArray("failures");
    for (FailureReport failure : report.failures()) {
      failures
          .addObject()
          .put("source", failure.source())
          .put("path", failure.path())
          .put("reason", failure.reason())
          .put("detail", failure.detail());
    }
    answer
        .put("failuresTotal", report.failuresTotal())
        .put("seconds", report.seconds())
        .put("filesPerSecond", report.filesPerSecond());
    answer
        .putObject("plan")
        .put("entries", report.plan().entries())
        .put("sha256", report.plan().sha256());
    strings(answer.putArray("warnings"), report.warnings());
    return answer.put("concurrency", report.concurrency());
  }

  static ObjectNode plan(PlanSummary plan) {
    ObjectNode answer = Json.object();
    answer
        .putObject("target")
        .put("name", plan.name())
        .put("path", plan.targetPath())
        .put("files", plan.entries())
        .put("bytes", plan.bytes());
    answer.put("seed", plan.seed());
    sources(answer, plan.sources());
    methods(answer, plan.methods());
    answer.putObject("plan").put("entries", plan.entries()).put("sha256", plan.sha256());
    answer
        .put("total", plan.total())
        .put("binding", plan.binding())
        .put("reserves", plan.reserves())
        .put("unseen", plan.unseen())
        .put("zone", plan.zone());
    answer
        .putObject("cost")
        .put("bytesToCopy", bytesToCopy(plan))
        .put("inodes", PlanCost.inodes(plan));
    strings(answer.putArray("warnings"), PlanText.notes(plan));
    return answer;
  }

  private static long bytesToCopy(PlanSummary plan) {
    return PlanCost.bytesToCopy(plan);
  }

  private static void sources(ObjectNode answer, List<SourceReport> sources) {
    ArrayNode array = answer.putArray("sources");
    for (SourceReport source : sources) {
      array
          .addObject()
          .put("name", source.name())
          .put("requested", source.requested())
          .put("available", source.available())
          .put("achieved", source.achieved())
          .put("bytes", source.bytes());
    }
  }

  private static void methods(ObjectNode answer, Map<LinkMethod, MethodCount> methods) {
    ObjectNode object = answer.putObject("methods");
    methods.forEach((method, count) -> object.put(method.name(), count.files()));
  }

  private static void strings(ArrayNode array, List<String> texts) {
    texts.forEach(array::add);
  }
}
