package io.admix.cli;

import io.admix.catalog.Dataset;
import io.admix.catalog.Distribution;
import io.admix.engine.dataset.DatasetService;
import io.admix.files.Scanner;
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
    Scanner.Skipped skipped = added.skipped();
    answer
        .putObject("skipped")
        .put("symlinks", skipped.symlinks())
        .put("special", skipped.special())
        .put("undecodable", skipped.undecodable())
        .put("own", skipped.own())
        .put("changed", skipped.changed());
    return answer
        .put("labelled", added.labelled())
        .put("unmatchedTags", added.unmatchedTags())
        .put("seconds", added.seconds());
  }

  static ObjectNode details(DatasetService.Details details) {
    ObjectNode answer = Json.object();
    Distribution distribution = details.distribution();
    answer.set("dataset", dataset(details.dataset()));
    ObjectNode labels = answer.putObject("labels");
    distribution
        .labels()
        .forEach((label, values) -> {
          ObjectNode counts = labels.putObject(label);
          values.forEach(counts::put);
        });
    answer
        .put("otherValues", distribution.otherValues())
        .put("unlabelled", distribution.unlabelled());
    ArrayNode sizes = answer.putArray("sizes");
    long[] counts = distribution.sizes();
    for (int i = 0; i < counts.length; i++) {
      if (counts[i] > 0) {
        sizes.addObject().put("below", SizeClass.below(i)).put("files", counts[i]);
      }
    }
    ObjectNode months = answer.putObject("months");
    distribution.months().forEach(months::put);
    return answer
        .put("oldest", distribution.oldest() == null ? null : distribution.oldest().toString())
        .put("newest", distribution.newest() == null ? null : distribution.newest().toString())
        .put("taskId", details.taskId());
  }

  static ObjectNode removed(String name, long deleted) {
    return Json.object().put("removed", name).put("filesDeleted", deleted);
  }

  private static ObjectNode dataset(Dataset dataset) {
    return Json.object()
        .put("id", dataset.id())
        .put("name", dataset.name())
        .put("path", dataset.path())
        .put("type", dataset.type())
        .put("files", dataset.files())
        .put("bytes", dataset.bytes());
  }
}
