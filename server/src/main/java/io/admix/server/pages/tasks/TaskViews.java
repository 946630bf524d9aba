package io.admix.server.pages.tasks;

import io.admix.catalog.Actor;
import io.admix.catalog.Dataset;
import io.admix.catalog.PageRequest;
import io.admix.catalog.Task;
import io.admix.engine.Admix;
import io.admix.engine.NotThereException;
import io.admix.engine.RefusedException;
import io.admix.engine.report.DamagedReportException;
import io.admix.engine.report.RunReport;
import io.admix.engine.task.BackgroundTasks;
import io.admix.engine.task.Choices;
import io.admix.server.pages.Visit;
import java.io.IOException;
import java.time.Instant;
import java.util.SequencedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gathers what the page of a task shows. */
final class TaskViews {
  private static final Logger LOG = LoggerFactory.getLogger(TaskViews.class);
  private static final Pattern NUMBERED = Pattern.compile("(.*)-([0-9]{1,6})");

  private final Admix admix;
  private final BackgroundTasks tasks;

  TaskViews(Admix admix) {
    this.admix = admix;
    this.tasks = admix.background();
  }

  Task find(Actor caller, String id) throws NotThereException {
    return tasks
        .find(caller, id)
        .orElseThrow(() -> new NotThereException("There is no such task."));
  }

  /**
   * @param reason of the failures that are shown, "" for all
   */
  TaskView view(Actor caller, Task task, Visit visit, String reason, int page)
      throws RefusedException {
    String id = task.id();
    boolean isRunning = task.status() == Task.Status.RUNNING;
    Instant end = isRunning ? Instant.now() : task.updatedAt();
    return new TaskView(
        task,
        TaskState.of(task),
        Choices.of(caller, task),
        isRunning ? tasks.progress(id).orElse(null) : null,
        tasks.place(caller, id).orElse(null),
        tasks.state(),
        report(caller, task),
        dataset(caller, task),
        PacePlots.of(
            tasks.pace(caller, id),
            end,
            new PacePlots.Names(
                visit.t("tasks.pace.rate"),
                visit.t("tasks.pace.workers"),
                visit.t("tasks.pace.allowed"))),
        failures(caller, id, reason, page),
        tasks.recipeYaml(caller, id),
        numbered(task.name()));
  }

  FailuresView failures(Actor caller, String id, String reason, int page) throws RefusedException {
    SequencedMap<String, Long> reasons = tasks.failureReasons(caller, id);
    String known = reasons.containsKey(reason) ? reason : "";
    return new FailuresView(
        id,
        reasons,
        known,
        tasks.failures(
            caller,
            id,
            known.isEmpty() ? null : known,
            new PageRequest(page, FailuresView.PAGE_SIZE)),
        page);
  }

  /** Only the stored one: making one reads all that a task has placed. */
  private @Nullable RunReport report(Actor caller, Task task) throws RefusedException {
    if (task.report() == null) {
      return null;
    }
    try {
      return tasks.report(caller, task.id());
    } catch (DamagedReportException e) {
      LOG.warn("The page of task {} lacks its report: {}", task.id(), e.getMessage());
      return null;
    } catch (IOException e) {
      LOG.warn("The report of task {} cannot be read", task.id(), e);
      return null;
    }
  }

  @Nullable Dataset dataset(Actor caller, Task task) {
    if (task.status() != Task.Status.COMPLETED) {
      return null;
    }
    try {
      return admix.sharedDatasets().find(caller, task.datasetId());
    } catch (RefusedException gone) {
      return null;
    }
  }

  /** The next name of a numbered row of them. */
  static String numbered(String name) {
    Matcher numbered = NUMBERED.matcher(name);
    return numbered.matches()
        ? numbered.group(1) + "-" + (Integer.parseInt(numbered.group(2)) + 1)
        : name + "-2";
  }
}
