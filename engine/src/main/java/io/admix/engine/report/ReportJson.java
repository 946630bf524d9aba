package io.admix.engine.report;

import io.admix.core.recipe.LinkMethod;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A report as JSON, as {@code run --json} prints it and a task keeps it. */
public final class ReportJson {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private ReportJson() {}

  /** One line of JSON. */
  public static String write(RunReport report) {
    return node(report).toString();
  }

  /** The same as a tree, for those who print it in another form. */
  public static ObjectNode node(RunReport report) {
    ObjectNode node = JSON.createObjectNode();
    node.put("taskId", report.taskId())
        .put("status", report.status())
        .put("unchanged", report.unchanged());
    node.putObject("target")
        .put("datasetId", report.target().datasetId())
        .put("name", report.target().name())
        .put("path", report.target().path())
        .put("files", report.target().files())
        .put("bytes", report.target().bytes());
    node.put("seed", report.seed());
    ArrayNode sources = node.putArray("sources");
    report.sources().forEach(source -> sources.add(source(source)));
    ObjectNode methods = node.putObject("methods");
    report.methods().forEach((method, count) -> methods.put(method.name(), count.files()));
    ObjectNode methodBytes = node.putObject("methodBytes");
    report.methods().forEach((method, count) -> methodBytes.put(method.name(), count.bytes()));
    ArrayNode failures = node.putArray("failures");
    report.failures().forEach(failure -> failures.add(failure(failure)));
    node.put("failuresTotal", report.failuresTotal())
        .put("seconds", report.seconds())
        .put("filesPerSecond", report.filesPerSecond());
    node.putObject("plan")
        .put("entries", report.plan().entries())
        .put("sha256", report.plan().sha256());
    ArrayNode warnings = node.putArray("warnings");
    report.warnings().forEach(warnings::add);
    node.put("concurrency", report.concurrency());
    return node;
  }

  private static ObjectNode source(SourceReport source) {
    return JSON.createObjectNode()
        .put("name", source.name())
        .put("requested", source.requested())
        .put("available", source.available())
        .put("achieved", source.achieved())
        .put("bytes", source.bytes());
  }

  private static ObjectNode failure(FailureReport failure) {
    return JSON.createObjectNode()
        .put("source", failure.source())
        .put("path", failure.path())
        .put("reason", failure.reason())
        .put("detail", failure.detail());
  }

  /** The report that {@link #write} gave this text for. */
  public static RunReport read(String json) {
    JsonNode node = JSON.readTree(json);
    JsonNode target = node.path("target");
    List<SourceReport> sources = new ArrayList<>();
    for (JsonNode s : node.path("sources")) {
      sources.add(
          new SourceReport(
              s.path("name").asString(),
              s.path("requested").asLong(),
              s.path("available").asLong(),
              s.path("achieved").asLong(),
              s.path("bytes").asLong()));
    }
    List<FailureReport> failures = new ArrayList<>();
    for (JsonNode f : node.path("failures")) {
      failures.add(
          new FailureReport(
              f.path("source").asString(),
              f.path("path").asString(),
              f.path("reason").asString(),
              f.path("detail").asString()));
    }
    List<String> warnings = new ArrayList<>();
    for (JsonNode w : node.path("warnings")) {
      warnings.add(w.asString());
    }
    return new RunReport(
        node.path("taskId").asString(),
        node.path("status").asString(),
        node.path("unchanged").asBoolean(),
        new RunReport.Target(
            target.path("datasetId").asString(),
            target.path("name").asString(),
            target.path("path").asString(),
            target.path("files").asLong(),
            target.path("bytes").asLong()),
        node.path("seed").asLong(),
        sources,
        methods(node),
        failures,
        node.path("failuresTotal").asLong(),
        node.path("seconds").asDouble(),
        node.path("filesPerSecond").asDouble(),
        new RunReport.PlanIdentity(
            node.path("plan").path("entries").asLong(),
            node.path("plan").path("sha256").asString()),
        warnings,
        node.path("concurrency").asString());
  }

  private static SequencedMap<LinkMethod, MethodCount> methods(JsonNode node) {
    SequencedMap<LinkMethod, MethodCount> methods = new LinkedHashMap<>();
    for (LinkMethod method : LinkMethod.values()) {
      JsonNode files = node.path("methods").get(method.name());
      if (files != null) {
        methods.put(
            method,
            new MethodCount(files.asLong(), node.path("methodBytes").path(method.name()).asLong()));
      }
    }
    return methods;
  }
}
