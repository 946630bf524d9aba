package io.admix.cli;

import io.admix.catalog.Task;
import io.admix.engine.report.RunReport;
import io.admix.engine.run.Leftover;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The JSON answers about tasks. */
final class TaskJson {
  private TaskJson() {}

  static ObjectNode list(List<Task> tasks, List<Leftover> leftovers) {
    ObjectNode answer = Json.object();
    ArrayNode array = answer.putArray("tasks");
    for (Task task : tasks) {
      array
          .addObject()
          .put("id", task.id())
          .put("name", task.name())
          .put("status", task.status().name())
          .put("resumable", task.resumable())
          .put("files", task.files())
          .put("targetDatasetId", task.datasetId())
          .put("createdAt", task.createdAt().toString());
    }
    ArrayNode left = answer.putArray("leftovers");
    leftovers.forEach(l -> left.addObject().put("what", l.what()).put("why", l.why()));
    return answer;
  }

  static ObjectNode task(Task task, @Nullable RunReport report) {
    ObjectNode answer =
        Json.object()
            .put("id", task.id())
            .put("name", task.name())
            .put("status", task.status().name())
            .put("phase", task.phase().name())
            .put("resumable", task.resumable())
            .put("cancelRequested", task.cancelRequested())
            .put("entries", task.entries())
            .put("files", task.files())
            .put("bytes", task.bytes())
            .put("targetPath", task.targetPath())
            .put("targetDatasetId", task.datasetId())
            .put("error", task.error())
            .put("createdAt", task.createdAt().toString())
            .put("updatedAt", task.updatedAt().toString());
    answer.set("report", report == null ? null : ReportJson.run(report));
    return answer;
  }
}
