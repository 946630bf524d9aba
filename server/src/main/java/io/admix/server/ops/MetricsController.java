package io.admix.server.ops;

import io.admix.engine.Admix;
import io.admix.engine.task.QueueState;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.function.ToDoubleFunction;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** What Prometheus reads. */
@RestController
class MetricsController {
  private static final MediaType TEXT =
      MediaType.parseMediaType("text/plain;version=0.0.4;charset=utf-8");

  private final PrometheusMeterRegistry registry;
  private final Admix admix;

  MetricsController(
      PrometheusMeterRegistry registry, TaskMeter meter, Admix admix, HealthController health) {
    this.registry = registry;
    this.admix = admix;
    meter.register(registry);
    queue("admix.tasks.waiting", "Tasks that no server runs yet", QueueState::waiting);
    queue("admix.tasks.running", "Tasks that this process runs", QueueState::running);
    queue("admix.tasks.bound", "Tasks that this process runs at a time", QueueState::bound);
    Gauge.builder("admix.ready", health, h -> h.report().isReady() ? 1 : 0)
        .description("Whether database, state folder and data root can be used")
        .register(registry);
  }

  /** A gauge that fails is left out of the answer: the database may be away. */
  private void queue(String name, String description, ToDoubleFunction<QueueState> value) {
    Gauge.builder(name, admix, a -> value.applyAsDouble(a.background().state()))
        .description(description)
        .register(registry);
  }

  @GetMapping("/metrics")
  ResponseEntity<String> metrics() {
    return ResponseEntity.ok().contentType(TEXT).body(registry.scrape());
  }
}
