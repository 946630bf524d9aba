package io.admix.server.pages.tasks;

import io.admix.catalog.Actor;
import io.admix.catalog.Distribution;
import io.admix.catalog.Task;
import io.admix.engine.Admix;
import io.admix.engine.NotThereException;
import io.admix.engine.RefusedException;
import io.admix.engine.run.Cancelled;
import io.admix.engine.task.BackgroundTasks;
import io.admix.engine.task.Choices;
import io.admix.engine.task.Submitted;
import io.admix.server.LongReads;
import io.admix.server.pages.Pages;
import io.admix.server.pages.Room;
import io.admix.server.pages.Visit;
import io.admix.server.security.Audit;
import io.admix.server.security.Browsers;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** One task: how it gets on, what it made, and what may be done with it. */
@RestController
@RequestMapping("/tasks/{id}")
final class TaskPages {
  /** What a page that shows tasks listens to. */
  private static final String CHANGED = "tasks-changed";

  private final Admix admix;
  private final BackgroundTasks tasks;
  private final TaskViews views;
  private final LongReads longReads;
  private final Pages pages;

  TaskPages(Admix admix, LongReads longReads, Pages pages) {
    this.admix = admix;
    this.tasks = admix.background();
    this.views = new TaskViews(admix);
    this.longReads = longReads;
    this.pages = pages;
  }

  @GetMapping
  ResponseEntity<byte[]> show(
      Actor caller,
      @PathVariable String id,
      @RequestParam(defaultValue = "") String reason,
      @RequestParam(defaultValue = "") String page,
      HttpServletRequest request)
      throws RefusedException {
    return show("tasks/task.jte", caller, id, reason, page, request);
  }

  /** What changes while one looks. */
  @GetMapping("/now")
  ResponseEntity<byte[]> now(
      Actor caller,
      @PathVariable String id,
      @RequestParam(defaultValue = "") String reason,
      @RequestParam(defaultValue = "") String page,
      HttpServletRequest request)
      throws RefusedException {
    return show("tasks/now.jte", caller, id, reason, page, request);
  }

  private ResponseEntity<byte[]> show(
      String template,
      Actor caller,
      String id,
      String reason,
      String page,
      HttpServletRequest request)
      throws RefusedException {
    Task task = views.find(caller, id);
    Visit visit = visit(request, task);
    return pages.show(
        template, visit, views.view(caller, task, visit, reason, TaskFilter.number(page)));
  }

  private Visit visit(HttpServletRequest request, Task task) {
    return pages.visit(request, Room.TASKS, "tasks.task.title", task.taskName());
  }

  @GetMapping("/failures")
  ResponseEntity<byte[]> failures(
      Actor caller,
      @PathVariable String id,
      @RequestParam(defaultValue = "") String reason,
      @RequestParam(defaultValue = "") String page,
      HttpServletRequest request)
      throws RefusedException {
    Visit visit = visit(request, views.find(caller, id));
    return pages.show(
        "tasks/failures.jte", visit, views.failures(caller, id, reason, TaskFilter.number(page)));
  }

  /** How the files that were published are spread over labels, which reads all their rows. */
  @GetMapping("/labels")
  ResponseEntity<byte[]> labels(Actor caller, @PathVariable String id, HttpServletRequest request)
      throws RefusedException, InterruptedException {
    Task task = views.find(caller, id);
    if (views.dataset(caller, task) == null) {
      throw new NotThereException("The dataset of this task is not there.");
    }
    Distribution spread =
        longReads.read(() -> admix.sharedDatasets().show(caller, task.datasetId()).distribution());
    Visit visit = visit(request, task);
    return pages.show("tasks/labels.jte", visit, LabelPlots.of(spread, visit.t("tasks.files")));
  }

  /** What somebody is asked before he changes the task. */
  @GetMapping("/ask")
  ResponseEntity<byte[]> ask(
      Actor caller,
      @PathVariable String id,
      @RequestParam(defaultValue = "") String what,
      @RequestParam(defaultValue = "") String from,
      HttpServletRequest request)
      throws RefusedException {
    Task task = views.find(caller, id);
    Question.Kind kind =
        Question.Kind.of(what).orElseThrow(() -> new NotThereException("Nothing is asked so."));
    return pages.show(
        "tasks/ask.jte",
        visit(request, task),
        new Question(
            kind,
            task,
            TaskState.of(task),
            Choices.of(caller, task).isOver(),
            views.dataset(caller, task),
            TaskViews.numbered(task.name()),
            from.equals("list") ? "list" : ""));
  }

  @PostMapping("/cancel")
  ResponseEntity<byte[]> cancel(Actor caller, @PathVariable String id, HttpServletRequest request)
      throws Exception {
    Cancelled cancelled = longReads.<Cancelled, Exception>change(() -> tasks.cancel(caller, id));
    return changed(request, id, cancelled.left());
  }

  @PostMapping("/resume")
  ResponseEntity<byte[]> resume(Actor caller, @PathVariable String id, HttpServletRequest request)
      throws RefusedException {
    tasks.resume(caller, id);
    return changed(request, id, "");
  }

  @PostMapping("/delete")
  ResponseEntity<byte[]> delete(
      Actor caller,
      @PathVariable String id,
      @RequestParam(defaultValue = "") String from,
      HttpServletRequest request)
      throws Exception {
    String left = longReads.<String, Exception>change(() -> tasks.delete(caller, id));
    Audit.made(id);
    boolean isPart = Browsers.asksForPart(request);
    if (isPart && from.equals("list")) {
      return changed(request, id, left);
    }
    // What stays is told before anybody leaves the page.
    return isPart && !left.isEmpty() ? note(request, left) : leadTo(request, "/tasks");
  }

  @PostMapping("/again")
  ResponseEntity<byte[]> again(
      Actor caller,
      @PathVariable String id,
      @RequestParam(defaultValue = "") String name,
      HttpServletRequest request)
      throws Exception {
    Submitted submitted =
        longReads.<Submitted, Exception>change(() -> tasks.again(caller, id, name.strip()));
    Audit.made(submitted.task().id());
    return leadTo(request, "/tasks/" + submitted.task().id());
  }

  /**
   * A script shows the change where it is; without one the task's page does.
   *
   * @param left what stays because the task did not make it, "" for nothing
   */
  private ResponseEntity<byte[]> changed(HttpServletRequest request, String id, String left) {
    Audit.made(id);
    if (!Browsers.asksForPart(request)) {
      return leadTo(request, "/tasks/" + id);
    }
    ResponseEntity<byte[]> note = note(request, left);
    return ResponseEntity.ok()
        .headers(note.getHeaders())
        .header("HX-Trigger", CHANGED)
        .body(note.getBody());
  }

  private ResponseEntity<byte[]> note(HttpServletRequest request, String left) {
    return pages.show("tasks/left.jte", pages.visit(request, Room.TASKS, "tasks.title"), left);
  }

  private static ResponseEntity<byte[]> leadTo(HttpServletRequest request, String address) {
    return Browsers.asksForPart(request)
        ? ResponseEntity.noContent()
            .header("HX-Redirect", address)
            .location(URI.create(address))
            .build()
        : ResponseEntity.status(HttpStatus.SEE_OTHER).location(URI.create(address)).build();
  }
}
