package io.admix.server.v1;

import io.admix.core.name.Printable;
import io.admix.engine.Admix;
import io.admix.engine.RefusedException;
import io.admix.engine.doctor.DoctorJson;
import io.admix.engine.settings.Concurrency;
import io.admix.engine.settings.Resources;
import io.admix.engine.settings.ServerSettings;
import io.admix.engine.settings.Settings;
import io.admix.engine.task.QueueState;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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

  SystemController(Admix admix) {
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
   * Tries what can be done between an allowed root and the data root: with scratch files in the
   * data root, therefore no GET.
   */
  @PostMapping(path = "/doctor", consumes = MediaTypes.JSON)
  ResponseEntity<byte[]> examine(HttpServletRequest request)
      throws IOException, InterruptedException, RefusedException {
    Parameters.of(request).check();
    JsonBody body = JsonBody.of(Bodies.text(request), "source");
    String source = body.required("source", PATH_MAX, "one of the allowed roots");
    List<String> roots = roots(admix.settings().server());
    if (!source.isEmpty() && !roots.contains(source)) {
      body.problem(
          "source",
          "`%s` is none of the roots, which are %s"
              .formatted(Printable.of(source), String.join(", ", roots)));
    }
    body.check();
    return Answers.ok(
        DoctorJson.of(
            admix.doctor().examine(Path.of(source), admix.settings().server().dataRoot())));
  }

  private static List<String> roots(ServerSettings settings) {
    List<String> roots = new ArrayList<>();
    settings.allowedRoots().forEach(root -> roots.add(root.toString()));
    roots.add(settings.dataRoot().toString());
    return roots;
  }
}
