package io.admix.server.pages.tasks;

import io.admix.catalog.Actor;
import io.admix.catalog.Page;
import io.admix.catalog.PageRequest;
import io.admix.catalog.RatioInstance;
import io.admix.catalog.RatioQuery;
import io.admix.catalog.Task;
import io.admix.catalog.TaskOrigin;
import io.admix.catalog.TaskQuery;
import io.admix.engine.Admix;
import io.admix.engine.task.BackgroundTasks;
import io.admix.server.pages.Pages;
import io.admix.server.pages.Room;
import io.admix.server.pages.Visit;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The list of tasks. */
@RestController
final class TasksPages {
  private static final int LEFT_SHOWN = 50;

  /** The form that narrows the list: what it asks for becomes the page's address. */
  private static final String FINDER = "find";

  private final Admix admix;
  private final BackgroundTasks tasks;
  private final Pages pages;

  TasksPages(Admix admix, Pages pages) {
    this.admix = admix;
    this.tasks = admix.background();
    this.pages = pages;
  }

  @GetMapping("/tasks")
  ResponseEntity<byte[]> list(
      Actor caller,
      @RequestParam(defaultValue = "") String name,
      @RequestParam(defaultValue = "") String state,
      @RequestParam(defaultValue = "") String origin,
      @RequestParam(defaultValue = "") String page,
      HttpServletRequest request) {
    TaskList model = model(caller, TaskFilter.of(name, state, origin, page));
    return pages.show("tasks/list.jte", visit(request), model);
  }

  /** What changes while one looks. */
  @GetMapping("/tasks/rows")
  ResponseEntity<byte[]> rows(
      Actor caller,
      @RequestParam(defaultValue = "") String name,
      @RequestParam(defaultValue = "") String state,
      @RequestParam(defaultValue = "") String origin,
      @RequestParam(defaultValue = "") String page,
      HttpServletRequest request) {
    TaskList model = model(caller, TaskFilter.of(name, state, origin, page));
    ResponseEntity<byte[]> rows = pages.show("tasks/rows.jte", visit(request), model);
    if (!FINDER.equals(request.getHeader("HX-Trigger"))) {
      return rows;
    }
    return ResponseEntity.status(rows.getStatusCode())
        .headers(rows.getHeaders())
        .header("HX-Replace-Url", model.filter().address())
        .body(rows.getBody());
  }

  private Visit visit(HttpServletRequest request) {
    return pages.visit(request, Room.TASKS, "tasks.title");
  }

  private TaskList model(Actor caller, TaskFilter filter) {
    TaskQuery query = filter.query();
    Page<TaskRow> rows =
        tasks.list(caller, query).map(task -> TaskRow.of(caller, task, tasks.progress(task.id())));
    return new TaskList(
        filter, rows, tasks.counts(caller, query), left(caller, filter), tasks.state());
  }

  private Page<RatioInstance> left(Actor caller, TaskFilter filter) {
    boolean isAskedFor =
        filter.page() == 1
            && (filter.origin() == null || filter.origin() == TaskOrigin.DATAMATE)
            && (filter.status() == null || filter.status() == Task.Status.PENDING);
    if (!isAskedFor) {
      return new Page<>(List.of(), 0);
    }
    return admix
        .ratioTasks()
        .foreign(
            caller,
            new RatioQuery(
                filter.name().isEmpty() ? null : filter.name(),
                filter.status() == null ? null : filter.status().name(),
                new PageRequest(1, LEFT_SHOWN)));
  }
}
