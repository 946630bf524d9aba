package io.admix.server.pages.tasks;

import io.admix.catalog.Page;
import io.admix.catalog.RatioInstance;
import io.admix.catalog.Task;
import io.admix.engine.task.QueueState;
import java.util.Map;

/**
 * A page of the list of tasks.
 *
 * @param counts in each state, whatever state is asked for
 * @param left tasks that DataMate itself left, which are shown only
 */
public record TaskList(
    TaskFilter filter,
    Page<TaskRow> rows,
    Map<Task.Status, Long> counts,
    Page<RatioInstance> left,
    QueueState queue) {

  /** Of all states. */
  public long all() {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  public long in(Task.Status status) {
    return counts.getOrDefault(status, 0L);
  }

  /** Whether anything may change by itself. */
  public boolean isLive() {
    return in(Task.Status.RUNNING) > 0 || in(Task.Status.PENDING) > 0;
  }

  /** Whether there has never been a task. */
  public boolean isFirstVisit() {
    return filter.isAnything() && all() == 0 && left.total() == 0;
  }

  public long pages() {
    return Math.max(1, rows.pages(TaskFilter.PAGE_SIZE));
  }
}
