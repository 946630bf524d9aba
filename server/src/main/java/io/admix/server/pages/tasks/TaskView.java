package io.admix.server.pages.tasks;

import io.admix.catalog.Dataset;
import io.admix.catalog.Task;
import io.admix.core.recipe.LinkMethod;
import io.admix.engine.report.MethodCount;
import io.admix.engine.report.RunReport;
import io.admix.engine.report.SourceReport;
import io.admix.engine.run.RunProgress;
import io.admix.engine.task.Choices;
import io.admix.engine.task.QueuePlace;
import io.admix.engine.task.QueueState;
import io.admix.server.pages.Plot;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The page of one task.
 *
 * @param progress while this process runs it
 * @param place while it waits
 * @param report of what was made; null before
 * @param dataset that it made, null where it made none, or that is gone
 * @param recipe as YAML
 * @param againName what a mix made again would be called
 */
public record TaskView(
    Task task,
    TaskState state,
    Choices choices,
    @Nullable RunProgress progress,
    @Nullable QueuePlace place,
    QueueState queue,
    @Nullable RunReport report,
    @Nullable Dataset dataset,
    PacePlots pace,
    FailuresView failures,
    String recipe,
    String againName) {

  public String address() {
    return "/tasks/" + task.id();
  }

  public boolean isPublished() {
    return task.status() == Task.Status.COMPLETED;
  }

  public boolean hasOtherName() {
    return !task.name().equals(task.taskName());
  }

  /** Files placed until now. */
  public long files() {
    return progress == null || progress.phase() != Task.Phase.PLACING
        ? task.files()
        : Math.max(progress.files(), task.files());
  }

  public long bytes() {
    return progress == null || progress.phase() != Task.Phase.PLACING
        ? task.bytes()
        : Math.max(progress.bytes(), task.bytes());
  }

  /** Files of the plan, 0 before there is one. */
  public long filesTotal() {
    return task.entries();
  }

  /** How far a step is behind, at or before where the task is: done, now, later. */
  public String step(TaskState step) {
    TaskState now = state;
    if (now == TaskState.COMPLETED || now.ordinal() > step.ordinal() && now.isLive()) {
      return now == TaskState.CANCELLING ? "later" : "done";
    }
    return now == step ? "now" : "later";
  }

  /** Of all that was asked for. */
  public double share(long part, long all) {
    return all == 0 ? 0 : (double) part / all;
  }

  public long requested() {
    return report == null ? 0 : report.sources().stream().mapToLong(SourceReport::requested).sum();
  }

  public long achieved() {
    return report == null ? 0 : report.sources().stream().mapToLong(SourceReport::achieved).sum();
  }

  public long methodFiles() {
    return report == null
        ? 0
        : report.methods().values().stream().mapToLong(MethodCount::files).sum();
  }

  /** Whether any source gave another number of files than it was asked for. */
  public boolean isShort() {
    return report != null
        && report.sources().stream().anyMatch(source -> source.achieved() != source.requested());
  }

  /** Files asked for and placed, of each source. */
  public Plot composition(String asked, String got) {
    List<SourceReport> sources = report == null ? List.of() : report.sources();
    return new Plot(
        Plot.Kind.BARS,
        Plot.Unit.NUMBER,
        sources.stream().map(SourceReport::name).toList(),
        List.of(
            Plot.Series.of(
                asked, Plot.Tone.QUIET, sources.stream().map(SourceReport::requested).toList()),
            Plot.Series.of(
                got, Plot.Tone.MAIN, sources.stream().map(SourceReport::achieved).toList())));
  }

  /** What each method did, for the template. */
  public Iterable<Map.Entry<LinkMethod, MethodCount>> methods() {
    return report == null ? List.of() : report.methods().entrySet();
  }
}
