package io.admix.server.v1;

import io.admix.catalog.Dataset;
import io.admix.catalog.DatasetFile;
import io.admix.catalog.FilePage;
import io.admix.engine.dataset.DatasetJson;
import io.admix.engine.dataset.DatasetService;
import io.admix.engine.dataset.ScanJob;
import io.admix.engine.lineage.LineageGraph;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Datasets, their files and scans as JSON. */
final class DatasetAnswers {
  private DatasetAnswers() {}

  static ObjectNode dataset(Dataset dataset) {
    return DatasetJson.dataset(dataset)
        .put("status", dataset.status())
        .put("kind", dataset.kind().name())
        .put("owner", dataset.owner())
        .put("createdAt", dataset.createdAt().toString());
  }

  static ObjectNode details(DatasetService.Details details) {
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    answer.set("dataset", dataset(details.dataset()));
    DatasetJson.putDistribution(answer, details.distribution());
    return answer.put("taskId", details.taskId());
  }

  static ObjectNode files(FilePage page) {
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    ArrayNode files = answer.putArray("files");
    page.items().forEach(file -> files.add(file(file)));
    return answer.put("next", page.next());
  }

  private static ObjectNode file(DatasetFile file) {
    ObjectNode node =
        JsonNodeFactory.instance
            .objectNode()
            .put("id", file.id())
            .put("path", file.path())
            .put("bytes", file.size())
            .put("modifiedAt", text(file.modified()));
    ArrayNode labels = node.putArray("labels");
    file.labels()
        .forEach(label -> labels.addObject().put("name", label.name()).put("value", label.value()));
    return node;
  }

  static ObjectNode origin(LineageGraph.Origin origin) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("path", origin.path())
        .put("source", origin.source())
        .put("sourceDatasetId", origin.sourceDatasetId())
        .put("sourceDataset", origin.sourceDataset())
        .put("from", origin.from())
        .put("method", origin.method().name())
        .put("bytes", origin.size());
  }

  static ObjectNode scan(ScanJob job) {
    DatasetService.Added result = job.result();
    ObjectNode node =
        JsonNodeFactory.instance
            .objectNode()
            .put("id", job.id())
            .put("kind", job.kind().name())
            .put("state", job.state().name())
            .put("dataset", job.dataset())
            .put("owner", job.owner())
            .put("step", job.step() == null ? null : job.step().name())
            .put("files", result == null ? job.files() : result.dataset().files());
    putCount(node, "filesTotal", result == null ? job.total() : result.dataset().files());
    ArrayNode problems = node.putArray("problems");
    job.problems().forEach(problems::add);
    if (result == null) {
      node.putNull("result");
    } else {
      ObjectNode added = node.putObject("result");
      added.set("dataset", dataset(result.dataset()));
      added.set("skipped", DatasetJson.skipped(result.skipped()));
      added
          .put("labelled", result.labelled())
          .put("unmatchedTags", result.unmatchedTags())
          .put("seconds", result.seconds());
    }
    return node.put("startedAt", job.startedAt().toString()).put("endedAt", text(job.endedAt()));
  }

  /** A number that is not known is null. */
  static void putCount(ObjectNode node, String key, long count) {
    if (count < 0) {
      node.putNull(key);
    } else {
      node.put(key, count);
    }
  }

  private static @Nullable String text(@Nullable Instant time) {
    return time == null ? null : time.toString();
  }
}
