package io.admix.engine.report;

import io.admix.core.recipe.LinkMethod;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import tools.jackson.core.JacksonException;
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
    node.set("phases", phases(report.phases()));
    node.putObject("plan")
        .put("entries", report.plan().entries())
        .put("sha256", report.plan().sha256());
    ArrayNode warnings = node.putArray("warnings");
    report.warnings().forEach(warnings::add);
    node.put("concurrency", report.concurrency());
    return node;
  }

  private static ObjectNode phases(Phases phases) {
    return JSON.createObjectNode()
        .put("read", phases.read())
        .put("plan", phases.plan())
        .put("place", phases.place())
        .put("record", phases.record())
        .put("manifest", phases.manifest())
        .put("sync", phases.sync())
        .put("publish", phases.publish());
  }

  /** One source, in plans and reports alike. */
  public static ObjectNode source(SourceReport source) {
    return JSON.createObjectNode()
        .put("name", source.name())
        .put("requested", source.requested())
        .put("available", source.available())
        .put("achieved", source.achieved())
        .put("bytes", source.bytes());
  }

  /** One file that was not placed. */
  public static ObjectNode failure(FailureReport failure) {
    return JSON.createObjectNode()
        .put("source", failure.source())
        .put("path", failure.path())
        .put("reason", failure.reason())
        .put("detail", failure.detail());
  }

  /**
   * The report that {@link #write} gave this text for.
   *
   * @throws DamagedReportException when it is none, or lacks anything
   */
  public static RunReport read(String json) throws DamagedReportException {
    try {
      return report(JSON.readTree(json));
    } catch (JacksonException e) {
      throw new DamagedReportException("it is no JSON of a report: " + e.getOriginalMessage());
    }
  }

  private static RunReport report(JsonNode node) throws DamagedReportException {
    JsonNode target = required(node, "target");
    List<SourceReport> sources = new ArrayList<>();
    for (JsonNode s : required(node, "sources")) {
      sources.add(
          new SourceReport(
              required(s, "name").stringValue(),
              required(s, "requested").longValue(),
              required(s, "available").longValue(),
              required(s, "achieved").longValue(),
              required(s, "bytes").longValue()));
    }
    List<FailureReport> failures = new ArrayList<>();
    for (JsonNode f : required(node, "failures")) {
      failures.add(
          new FailureReport(
              required(f, "source").stringValue(),
              required(f, "path").stringValue(),
              required(f, "reason").stringValue(),
              required(f, "detail").stringValue()));
    }
    List<String> warnings = new ArrayList<>();
    for (JsonNode w : required(node, "warnings")) {
      warnings.add(w.stringValue());
    }
    return new RunReport(
        required(node, "taskId").stringValue(),
        required(node, "status").stringValue(),
        required(node, "unchanged").booleanValue(),
        new RunReport.Target(
            required(target, "datasetId").stringValue(),
            required(target, "name").stringValue(),
            required(target, "path").stringValue(),
            required(target, "files").longValue(),
            required(target, "bytes").longValue()),
        required(node, "seed").longValue(),
        sources,
        methods(node),
        failures,
        required(node, "failuresTotal").longValue(),
        required(node, "seconds").doubleValue(),
        required(node, "filesPerSecond").doubleValue(),
        phases(node),
        new RunReport.PlanIdentity(
            required(required(node, "plan"), "entries").longValue(),
            required(required(node, "plan"), "sha256").stringValue()),
        warnings,
        required(node, "concurrency").stringValue());
  }

  /** Reports that are older than this part of them have none. */
  private static Phases phases(JsonNode node) throws DamagedReportException {
    JsonNode phases = node.get("phases");
    return phases == null
        ? Phases.NONE
        : new Phases(
            required(phases, "read").doubleValue(),
            required(phases, "plan").doubleValue(),
            required(phases, "place").doubleValue(),
            required(phases, "record").doubleValue(),
            required(phases, "manifest").doubleValue(),
            required(phases, "sync").doubleValue(),
            required(phases, "publish").doubleValue());
  }

  private static JsonNode required(JsonNode node, String key) throws DamagedReportException {
    JsonNode value = node.get(key);
    if (value == null) {
      throw new DamagedReportException("it has no '" + key + "'");
    }
    return value;
  }

  private static SequencedMap<LinkMethod, MethodCount> methods(JsonNode node)
      throws DamagedReportException {
    SequencedMap<LinkMethod, MethodCount> methods = new LinkedHashMap<>();
    JsonNode allFiles = required(node, "methods");
    JsonNode allBytes = required(node, "methodBytes");
    for (LinkMethod method : LinkMethod.values()) {
      JsonNode files = allFiles.get(method.name());
      if (files != null) {
        methods.put(
            method,
            new MethodCount(files.longValue(), required(allBytes, method.name()).longValue()));
      }
    }
    return methods;
  }
}
