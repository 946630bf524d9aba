package io.admix.cli;

import static io.admix.engine.dataset.DatasetJson.dataset;

import io.admix.catalog.Dataset;
import io.admix.engine.dataset.DatasetService;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The JSON answers about datasets. */
final class DatasetJson {
  private DatasetJson() {}

  static ObjectNode list(List<Dataset> datasets) {
    ObjectNode answer = Json.object();
    ArrayNode array = answer.putArray("datasets");
    datasets.forEach(d -> array.add(dataset(d)));
    return answer;
  }

  static ObjectNode added(DatasetService.Added added) {
    ObjectNode answer = Json.object();
    answer.set("dataset", dataset(added.dataset()));
    answer.set("skipped", io.admix.engine.dataset.DatasetJson.skipped(added.skipped()));
    return answer
        .put("labelled", added.labelled())
        .put("unmatchedTags", added.unmatchedTags())
        .put("seconds", added.seconds());
  }

  static ObjectNode details(DatasetService.Details details) {
    ObjectNode answer = Json.object();
    answer.set("dataset", dataset(details.dataset()));
    io.admix.engine.dataset.DatasetJson.putDistribution(answer, details.distribution());
    return answer.put("taskId", details.taskId());
  }

  static ObjectNode removed(String name, long deleted) {
    return Json.object().put("removed", name).put("filesDeleted", deleted);
  }
}
