package io.admix.server.ops;

import io.admix.engine.Admix;
import io.admix.engine.Readiness;
import io.admix.engine.Readiness.Report;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Whether the process lives, and whether it can work. Anybody may ask, so it says up or down, never
 * why or where, and looks at most once a second.
 */
@RestController
class HealthController {
  private static final Logger LOG = LoggerFactory.getLogger(HealthController.class);
  private static final long FRESH_NS = Duration.ofSeconds(1).toNanos();

  private final Readiness readiness;
  private @Nullable Report last;
  private long lookedAt;

  HealthController(Admix admix) {
    this.readiness = admix.readiness();
  }

  @GetMapping("/health")
  Alive alive() {
    return new Alive("UP");
  }

  @GetMapping("/health/ready")
  ResponseEntity<Ready> ready() {
    Report report = report();
    return ResponseEntity.status(report.isReady() ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE)
        .body(
            new Ready(
                word(report.isReady()),
                word(report.database()),
                word(report.stateFolder()),
                word(report.dataRoot())));
  }

  /** What was found at most a second ago. */
  synchronized Report report() {
    Report known = last;
    if (known == null || System.nanoTime() - lookedAt > FRESH_NS) {
      Report now = readiness.check();
      if (known == null ? !now.isReady() : !now.equals(known)) {
        LOG.warn("Ready: {}; {}", word(now.isReady()), now);
      }
      last = now;
      lookedAt = System.nanoTime();
      return now;
    }
    return known;
  }

  private static String word(boolean isUp) {
    return isUp ? "UP" : "DOWN";
  }

  record Alive(String status) {}

  record Ready(String status, String database, String stateFolder, String dataRoot) {}
}
