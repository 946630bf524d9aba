package io.admix.server.ops;

import io.swagger.v3.oas.annotations.Hidden;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Whether the process lives. */
@RestController
@Hidden
class HealthController {

  @GetMapping("/health")
  Health alive() {
    return new Health("UP");
  }

  record Health(String status) {}
}
