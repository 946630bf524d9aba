package io.admix.server.v1;

import io.admix.core.name.Printable;
import io.admix.engine.Admix;
import io.admix.engine.AllowedRoots;
import io.admix.engine.doctor.DoctorJson;
import io.admix.engine.doctor.DoctorReport;
import io.admix.engine.settings.Concurrency;
import io.admix.engine.settings.Resources;
import io.admix.engine.settings.Settings;
import io.admix.engine.task.QueueState;
import io.admix.server.LongReads;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What the service runs on, and what it can do there. */
@RestController
@RequestMapping(path = Addresses.ROOT + "/system", produces = MediaTypes.JSON)
final class SystemController {
  private static final int PATH_MAX = 4_096;

  private final Admix admix;
  private final LongReads longReads;

  SystemController(Admix admix, LongReads longReads) {
    this.longReads = longReads;
    this.admix = admix;
  }

  @GetMapping
  ResponseEntity<byte[]> show(HttpServletRequest request) {
    Parameters.of(request).check();
    Settings settings = admix.settings();
    ObjectNode answer =
        JsonNodeFactory.instance
            .objectNode()
            .put("version", Version.TEXT)
            .put("java", System.getProperty("java.version"))
            .put("database", kind(settings.databaseUrl()))
            .put("zone", settings.zone().getId())
            .put("dataRoot", settings.server().dataRoot().toString());
    ArrayNode roots = answer.putArray("allowedRoots");
    settings.server().allowedRoots().forEach(root -> roots.add(root.toString()));
    Resources resources = Resources.now();
    answer
        .putObject("resources")
        .put("cpus", resources.cpus())
        .put("memoryBytes", resources.memoryBytes())
        .put("memorySource", resources.memorySource());
    Concurrency concurrency = Concurrency.of(settings.copy(), resources);
    answer
        .putObject("concurrency")
        .put("workers", concurrency.workers())
        .put("reasons", concurrency.reasons());
    QueueState queue = admix.background().state();
    answer
        .putObject("queue")
        .put("waiting", queue.waiting())
        .put("running", queue.running())
        .put("bound", queue.bound());
    return Answers.ok(answer);
  }

  private static String kind(String databaseUrl) {
    return databaseUrl.startsWith("jdbc:postgresql:") ? "POSTGRESQL" : "SQLITE";
  }

  /**
   * Tries what can be done between a folder that callers may name and the data root: with scratch
   * files in the data root, therefore no GET.
   */
  @PostMapping(path = "/doctor", consumes = MediaTypes.JSON)
  ResponseEntity<byte[]> examine(HttpServletRequest request) throws Exception {
    Parameters.of(request).check();
    JsonBody body = JsonBody.of(Bodies.text(request), "source");
    String source = body.required("source", PATH_MAX, "a folder below an allowed root");
    if (!source.isEmpty()) {
      problem(source).ifPresent(problem -> body.problem("source", problem));
    }
    body.check();
    Path target = admix.settings().server().dataRoot();
    return Answers.ok(
        DoctorJson.of(
            longReads.<DoctorReport, Exception>change(
                () -> admix.doctor().examine(Path.of(source), target))));
  }

  private Optional<String> problem(String source) {
    String told = "`%s` ".formatted(Printable.of(source));
    try {
      Path folder = Path.of(source);
      return folder.isAbsolute()
          ? AllowedRoots.of(admix.settings()).problemOfFolder(folder).map(told::concat)
          : Optional.of(told + "is no absolute path");
    } catch (InvalidPathException e) {
      return Optional.of(told + "is no path");
    }
  }
}
