package io.admix.server.ops;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Whether the process lives. */
@RestController
class HealthController {

  @GetMapping("/health")
  Health alive() {
    return new Health("UP");
  }

  record Health(String status) {}
}
