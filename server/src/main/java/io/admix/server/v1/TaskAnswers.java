package io.admix.server.v1;

import io.admix.catalog.FailureRecord;
import io.admix.catalog.Task;
import io.admix.engine.report.RunReport;
import io.admix.engine.run.RunProgress;
import io.admix.engine.task.TaskEvent;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Tasks and what happens to them as JSON. */
final class TaskAnswers {
  private TaskAnswers() {}

  static ObjectNode task(Task task) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("id", task.id())
        .put("name", task.name())
        .put("taskName", task.taskName())
        .put("origin", task.origin().name())
        .put("owner", task.owner())
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
  }

  /** With how far it is while it runs here, and its report once it is over. */
  static ObjectNode details(
      Task task, @Nullable RunProgress progress, @Nullable ObjectNode report) {
    ObjectNode answer = task(task);
    if (progress == null) {
      answer.putNull("progress");
    } else {
      answer.set("progress", progress(progress));
    }
    if (report == null) {
      answer.putNull("report");
    } else {
      answer.set("report", report);
    }
    return answer;
  }

  static ObjectNode report(RunReport report) {
    return io.admix.engine.report.ReportJson.node(report);
  }

  private static ObjectNode progress(RunProgress progress) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("phase", progress.phase().name())
        .put("step", progress.step())
        .put("files", progress.files())
        .put("filesTotal", progress.filesTotal())
        .put("bytes", progress.bytes())
        .put("bytesTotal", progress.bytesTotal())
        .put("failures", progress.failures())
        .put("filesPerSecond", finite(progress.filesPerSecond()))
        .put("workers", progress.workers())
        .put("workersAllowed", progress.workersAllowed())
        .put("pace", progress.why());
  }

  static ObjectNode failure(FailureRecord failure) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("source", failure.source())
        .put("path", failure.path())
        .put("reason", failure.reason())
        .put("detail", failure.detail());
  }

  static ObjectNode event(TaskEvent event) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("seq", event.seq())
        .put("at", event.at().toString())
        .put("kind", event.kind().name())
        .put("status", event.status().name())
        .put("phase", event.phase().name())
        .put("files", event.files())
        .put("filesTotal", event.filesTotal())
        .put("bytes", event.bytes())
        .put("bytesTotal", event.bytesTotal())
        .put("failures", event.failures())
        .put("filesPerSecond", finite(event.filesPerSecond()))
        .put("workers", event.workers())
        .put("workersAllowed", event.workersAllowed())
        .put("pace", event.pace())
        .put("etaSeconds", event.etaSeconds())
        .put("message", event.message());
  }

  /** JSON has no number for what is not one. */
  private static double finite(double rate) {
    return Double.isFinite(rate) ? rate : 0;
  }
}
