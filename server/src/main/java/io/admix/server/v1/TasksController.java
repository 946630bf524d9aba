package io.admix.server.v1;

import io.admix.catalog.Actor;
import io.admix.catalog.PageRequest;
import io.admix.catalog.Task;
import io.admix.catalog.TaskOrigin;
import io.admix.catalog.TaskQuery;
import io.admix.engine.Admix;
import io.admix.engine.NotThereException;
import io.admix.engine.RefusedException;
import io.admix.engine.plan.KeptPlans;
import io.admix.engine.run.Cancelled;
import io.admix.engine.task.BackgroundTasks;
import io.admix.engine.task.RequestKey;
import io.admix.engine.task.Submitted;
import io.admix.server.LongReads;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Tasks: begun, listed, shown, cancelled, resumed, deleted. */
@RestController
@RequestMapping(path = Addresses.ROOT + "/tasks", produces = MediaTypes.JSON)
final class TasksController {
  private static final int NAME_MAX = 255;

  private final BackgroundTasks tasks;
  private final Submissions submissions;
  private final LongReads longReads;

  TasksController(Admix admix, LongReads longReads) {
    this.longReads = longReads;
    this.tasks = admix.background();
    KeptPlans plans = admix.keptPlans();
    this.submissions = new Submissions(plans);
  }

  @PostMapping(
      consumes = {MediaTypes.JSON, MediaTypes.YAML, MediaTypes.X_YAML, MediaTypes.TEXT_YAML})
  ResponseEntity<byte[]> submit(Actor actor, HttpServletRequest request) throws Exception {
    Parameters parameters = Parameters.of(request, "taskName");
    String taskName = parameters.text("taskName");
    if (taskName != null && taskName.length() > NAME_MAX) {
      parameters.problem("taskName", "is longer than " + NAME_MAX + " characters");
    }
    parameters.check();
    String body = Bodies.text(request);
    @Nullable RequestKey key = IdempotencyKey.of(request, body);
    Submitted submitted = submitted(actor, SentRecipe.of(request, body), taskName, key);
    return Answers.begun(
        Addresses.of("tasks", submitted.task().id()),
        TaskAnswers.task(submitted.task()),
        submitted.repeated());
  }

  /** What came before with the same key is answered even where its plan is not kept any more. */
  private Submitted submitted(
      Actor actor, SentRecipe sent, @Nullable String taskName, @Nullable RequestKey key)
      throws Exception {
    Optional<Submitted> before = key == null ? Optional.empty() : tasks.submitted(actor, key);
    if (before.isPresent()) {
      return before.get();
    }
    LongReads.Read<Submitted, Exception> submission =
        () -> tasks.submit(actor, submissions.of(actor, sent, taskName, key));
    // A plan is read from end to end.
    return sent.planId() == null ? longReads.change(submission) : longReads.read(submission);
  }

  @GetMapping
  ResponseEntity<byte[]> list(Actor actor, HttpServletRequest request) {
    Parameters parameters = Parameters.of(request, "name", "status", "origin", "page", "pageSize");
    PageRequest page = parameters.page();
    Task.Status status = parameters.word("status", Task.Status.class);
    TaskQuery query =
        new TaskQuery(
            parameters.text("name"),
            status == null ? Set.of() : Set.of(status),
            parameters.word("origin", TaskOrigin.class),
            page);
    parameters.check();
    return Paging.answer(request, "tasks", page, tasks.list(actor, query), TaskAnswers::task);
  }

  @GetMapping("/{id}")
  ResponseEntity<byte[]> show(Actor actor, @PathVariable String id, HttpServletRequest request)
      throws IOException, RefusedException {
    Parameters.of(request).check();
    return Answers.tagged(details(actor, id));
  }

  /** A task's own report is stored once it is over; before, making one reads all receipts. */
  private ObjectNode details(Actor actor, String id) throws IOException, RefusedException {
    Task task = find(actor, id);
    ObjectNode report = task.report() == null ? null : TaskAnswers.report(tasks.report(actor, id));
    return TaskAnswers.details(task, tasks.progress(id).orElse(null), report);
  }

  private Task find(Actor actor, String id) throws NotThereException {
    return tasks.find(actor, id).orElseThrow(() -> new NotThereException("There is no such task."));
  }

  @GetMapping("/{id}/report")
  ResponseEntity<byte[]> report(Actor actor, @PathVariable String id, HttpServletRequest request)
      throws IOException, RefusedException {
    Parameters.of(request).check();
    return Answers.tagged(TaskAnswers.report(tasks.report(actor, id)));
  }

  @GetMapping("/{id}/failures")
  ResponseEntity<byte[]> failures(Actor actor, @PathVariable String id, HttpServletRequest request)
      throws RefusedException {
    Parameters parameters = Parameters.of(request, "page", "pageSize");
    PageRequest page = parameters.page();
    parameters.check();
    return Paging.answer(
        request, "failures", page, tasks.failures(actor, id, page), TaskAnswers::failure);
  }

  /** 202 where another process is asked to stop it, 200 where it is CANCELLED. */
  @PostMapping("/{id}/cancel")
  ResponseEntity<byte[]> cancel(Actor actor, @PathVariable String id, HttpServletRequest request)
      throws Exception {
    prepare(actor, id, request);
    Cancelled cancelled = longReads.<Cancelled, Exception>change(() -> tasks.cancel(actor, id));
    HttpStatus status =
        cancelled.task().status() == Task.Status.CANCELLED ? HttpStatus.OK : HttpStatus.ACCEPTED;
    return Answers.of(status, TaskAnswers.task(cancelled.task()).put("left", cancelled.left()));
  }

  @PostMapping("/{id}/resume")
  ResponseEntity<byte[]> resume(Actor actor, @PathVariable String id, HttpServletRequest request)
      throws Exception {
    prepare(actor, id, request);
    Task task = longReads.<Task, Exception>change(() -> tasks.resume(actor, id));
    return Answers.at(
        HttpStatus.ACCEPTED, Addresses.of("tasks", task.id()), TaskAnswers.task(task));
  }

  @DeleteMapping("/{id}")
  ResponseEntity<byte[]> delete(Actor actor, @PathVariable String id, HttpServletRequest request)
      throws Exception {
    prepare(actor, id, request);
    String left = longReads.<String, Exception>change(() -> tasks.delete(actor, id));
    return Answers.ok(JsonNodeFactory.instance.objectNode().put("deleted", id).put("left", left));
  }

  private void prepare(Actor actor, String id, HttpServletRequest request)
      throws IOException, RefusedException {
    Parameters.of(request).check();
    Bodies.refuseAny(request);
    if (Answers.isConditional(request)) {
      Answers.requireUnchanged(request, details(actor, id));
    }
  }
}
