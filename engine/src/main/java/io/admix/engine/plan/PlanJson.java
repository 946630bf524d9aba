package io.admix.engine.plan;

import io.admix.engine.report.ReportJson;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What a plan amounts to as JSON, the same through every door. */
public final class PlanJson {
  private PlanJson() {}

  /** As {@code plan --json} prints it. */
  public static ObjectNode of(PlanSummary plan) {
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    answer
        .putObject("target")
        .put("name", plan.name())
        .put("path", plan.targetPath())
        .put("files", plan.entries())
        .put("bytes", plan.bytes());
    answer.put("seed", plan.seed());
    ArrayNode sources = answer.putArray("sources");
    plan.sources().forEach(source -> sources.add(ReportJson.source(source)));
    ObjectNode methods = answer.putObject("methods");
    plan.methods().forEach((method, count) -> methods.put(method.name(), count.files()));
    answer.putObject("plan").put("entries", plan.entries()).put("sha256", plan.sha256());
    answer
        .put("total", plan.total())
        .put("binding", plan.binding())
        .put("reserves", plan.reserves())
        .put("unseen", plan.unseen())
        .put("zone", plan.zone());
    answer
        .putObject("cost")
        .put("bytesToCopy", PlanCost.bytesToCopy(plan))
        .put("inodes", PlanCost.inodes(plan));
    ArrayNode warnings = answer.putArray("warnings");
    notes(plan).forEach(warnings::add);
    return answer;
  }

  /** What a person should know before the mix is made. */
  public static List<String> notes(PlanSummary plan) {
    List<String> notes = new ArrayList<>(plan.warnings());
    notes.addAll(plan.forecasts());
    return notes;
  }
}
