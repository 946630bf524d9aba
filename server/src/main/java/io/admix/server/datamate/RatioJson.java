package io.admix.server.datamate;

import io.admix.catalog.Page;
import io.admix.catalog.PageRequest;
import io.admix.catalog.RatioInstance;
import io.admix.engine.ratio.RatioCreated;
import io.admix.engine.ratio.RatioDetails;
import io.admix.engine.ratio.RatioFilter;
import io.admix.engine.ratio.RatioRequest;
import io.admix.engine.report.SourceReport;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tasks in DataMate's words; keys that DataMate has not come after its own. */
final class RatioJson {
  private RatioJson() {}

  /** The answer to a request, with the texts that it was sent with. */
  static Map<String, @Nullable Object> created(RatioCreated task, RatioRequestReader.Sent sent) {
    RatioRequest request = sent.request();
    List<Object> config = new ArrayList<>();
    for (int i = 0; i < request.items().size(); i++) {
      config.add(item(request.items().get(i), sent.counts().get(i)));
    }
    return object(
        "id", task.id(),
        "name", request.name(),
        "description", request.description(),
        "totals", request.totals(),
        "status", task.status(),
        "config", config,
        "targetDataset",
            object(
                "id", task.datasetId(),
                "name", task.datasetName(),
                "datasetType", task.datasetType(),
                "status", "DRAFT"));
  }

  private static Map<String, @Nullable Object> item(RatioRequest.Item item, String counts) {
    RatioFilter.Label label = item.filter().label();
    return object(
        "datasetId", item.datasetId(),
        "counts", counts,
        "filterConditions",
            object(
                "dateRange",
                item.filter().dateRange(),
                "label",
                label == null ? null : object("label", label.label(), "value", label.value())));
  }

  static Map<String, @Nullable Object> page(Page<RatioInstance> page, PageRequest request) {
    return object(
        "content", page.items().stream().map(RatioJson::listed).toList(),
        "totalElements", page.total(),
        "totalPages", page.pages(request.size()),
        "page", request.number(),
        "size", request.size());
  }

  private static Map<String, @Nullable Object> listed(RatioInstance task) {
    RatioInstance.Target target = task.target();
    Map<String, @Nullable Object> object =
        object(
            "id", task.id(),
            "name", task.name() == null ? "" : task.name(),
            "description", task.description(),
            "status", task.status(),
            "totals", task.totals(),
            "target_dataset_id", task.targetDatasetId(),
            "target_dataset_name", target == null ? null : target.name(),
            "created_at", LocalTimes.spaced(task.createdAt()),
            "updated_at", LocalTimes.spaced(task.updatedAt()));
    addState(object, task.task());
    return object;
  }

  static Map<String, @Nullable Object> details(RatioDetails details) {
    RatioInstance task = details.task();
    Map<String, @Nullable Object> object =
        object(
            "id", task.id(),
            "name", task.name() == null ? "" : task.name(),
            "description", task.description(),
            "status", task.status() == null ? "UNKNOWN" : task.status(),
            "totals", task.totals() == null ? (Long) 0L : task.totals(),
            "config", details.sources().stream().map(RatioJson::source).toList(),
            "target_dataset", target(task.target()),
            "created_at", LocalTimes.joined(task.createdAt()),
            "updated_at", LocalTimes.joined(task.updatedAt()));
    addState(object, task.task());
    if (task.task() != null) {
      object.put("sources", details.sources().stream().map(RatioJson::given).toList());
    }
    return object;
  }

  private static Map<String, @Nullable Object> source(RatioDetails.Source source) {
    Long counts = source.relation().counts();
    String conditions = source.relation().filterConditions();
    return object(
        "dataset_id", source.relation().datasetId(),
        "counts", counts == null ? "0" : counts.toString(),
        "filter_conditions", conditions == null ? "" : conditions);
  }

  private static Map<String, @Nullable Object> target(RatioInstance.@Nullable Target target) {
    return target == null
        ? object(
            "id", null,
            "name", null,
            "type", null,
            "status", null,
            "file_count", 0,
            "size_bytes", 0)
        : object(
            "id", target.id(),
            "name", target.name(),
            "type", target.type(),
            "status", target.status(),
            "file_count", target.files(),
            "size_bytes", target.bytes());
  }

  /** What Admix knows more of its own tasks. */
  private static void addState(
      Map<String, @Nullable Object> object, RatioInstance.@Nullable State state) {
    if (state == null) {
      return;
    }
    object.put("state", state.status().name());
    object.put("resumable", state.resumable());
    object.put("cancel_requested", state.cancelRequested());
    object.put("error", state.error());
    object.put(
        "progress",
        object(
            "phase", state.phase().name(),
            "files", state.files(),
            "files_total", state.filesTotal(),
            "bytes", state.bytes()));
  }

  /** Requested is known from the start, the rest once the task is planned. */
  private static Map<String, @Nullable Object> given(RatioDetails.Source source) {
    SourceReport report = source.report();
    Long counts = source.relation().counts();
    return object(
        "dataset_id", source.relation().datasetId(),
        "requested", counts == null ? (Long) 0L : counts,
        "available", report == null ? null : (Long) report.available(),
        "achieved", report == null ? null : (Long) report.achieved());
  }

  /** Keys and values in turn; the order is kept. */
  static Map<String, @Nullable Object> object(@Nullable Object... entries) {
    Map<String, @Nullable Object> object = new LinkedHashMap<>();
    for (int i = 0; i < entries.length; i += 2) {
      object.put(String.valueOf(entries[i]), entries[i + 1]);
    }
    return object;
  }
}
