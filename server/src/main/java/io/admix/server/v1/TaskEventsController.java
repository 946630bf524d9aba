package io.admix.server.v1;

import io.admix.catalog.Actor;
import io.admix.engine.Admix;
import io.admix.engine.RefusedException;
import io.admix.engine.task.BackgroundTasks;
import io.admix.engine.task.TaskEvent;
import io.admix.engine.task.Watch;
import io.admix.server.security.SignedInSession;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * What happens to a task, as server-sent events. A STATE event has its number as id, so that a
 * client which lost the connection goes on where it was; the stream ends after the last.
 */
@RestController
@RequestMapping(Addresses.ROOT + "/tasks/{id}/events")
final class TaskEventsController {
  private static final Logger LOG = LoggerFactory.getLogger(TaskEventsController.class);
  private static final String LAST_ID = "Last-Event-ID";
  private static final int ID_DIGITS_MAX = 18;
  private static final long HEARTBEAT_MILLIS = 15_000;

  /** So long a client that has everything may wait until it is told so. */
  private static final long NEWS_MILLIS = 500;

  private static final String FIRST_WORDS = "retry: 3000\n\n";
  private static final String HEARTBEAT = ": still here\n\n";

  private final BackgroundTasks tasks;
  private final EventStreams streams;

  TaskEventsController(Admix admix, EventStreams streams) {
    this.tasks = admix.background();
    this.streams = streams;
  }

  @GetMapping(produces = MediaTypes.EVENTS)
  void events(
      Actor actor,
      @PathVariable String id,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException, InterruptedException, RefusedException {
    Parameters.of(request).check();
    long after = lastId(request);
    EventQueue queue = streams.open(actor);
    BooleanSupplier mayGoOn = mayGoOn(request);
    try (Watch watch = tasks.watch(actor, id, after, queue)) {
      response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
      // Gateways that gather answers before they pass them on.
      response.setHeader("X-Accel-Buffering", "no");
      TaskEvent first = queue.next(after > 0 ? NEWS_MILLIS : 0);
      if (first == null && queue.isDone() && after > 0) {
        // The one answer after which a browser does not come again.
        response.setStatus(HttpStatus.NO_CONTENT.value());
        return;
      }
      response.setContentType(MediaTypes.EVENTS + ";charset=UTF-8");
      if (!request.getMethod().equals("HEAD")) {
        try {
          send(queue, first, response.getOutputStream(), HEARTBEAT_MILLIS, mayGoOn);
        } catch (IOException gone) {
          LOG.debug("The watcher of task {} went away", id);
        }
      }
    } finally {
      streams.close(queue);
    }
  }

  /**
   * Until it has gone on for long, or the caller has signed out: a client that is told nothing of
   * an end comes back with the id of the last event, and must be let in again.
   */
  private static BooleanSupplier mayGoOn(HttpServletRequest request) {
    long begun = System.nanoTime();
    BooleanSupplier isSignedIn = SignedInSession.of(request);
    return () ->
        System.nanoTime() - begun < EventStreams.LIFE.toNanos() && isSignedIn.getAsBoolean();
  }

  /**
   * Sends until there is nothing more to come, or it may not go on; something is said at least so
   * often.
   */
  static void send(
      EventQueue queue,
      @Nullable TaskEvent first,
      OutputStream out,
      long heartbeatMillis,
      BooleanSupplier mayGoOn)
      throws IOException, InterruptedException {
    write(out, FIRST_WORDS);
    TaskEvent event = first;
    while ((event != null || !queue.isDone()) && mayGoOn.getAsBoolean()) {
      write(out, event == null ? HEARTBEAT : text(event));
      event = queue.next(heartbeatMillis);
      if (event == null && queue.isDone()) {
        return;
      }
    }
  }

  private static void write(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  private static String text(TaskEvent event) {
    String id = event.kind() == TaskEvent.Kind.STATE ? "id: " + event.seq() + "\n" : "";
    return id
        + "event: "
        + event.kind().name().toLowerCase(Locale.ROOT)
        + "\ndata: "
        + TaskAnswers.event(event)
        + "\n\n";
  }

  private static long lastId(HttpServletRequest request) {
    String text = request.getHeader(LAST_ID);
    if (text == null || text.isBlank()) {
      return 0;
    }
    String digits = text.strip();
    if (digits.length() > ID_DIGITS_MAX || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
      throw new ProblemException(
          ProblemType.INVALID_PARAMETER,
          List.of(new FieldError(LAST_ID, "must be the id of an event, a whole number")));
    }
    return Long.parseLong(digits);
  }
}
