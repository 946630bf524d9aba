package io.admix.server.security;

import io.admix.catalog.Actor;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Doors of tests alone, found as every controller is: they tell who called, and how often. */
@RestController
class TestDoors {
  static final AtomicInteger CALLS = new AtomicInteger();

  @GetMapping("/for-tests/caller")
  Actor caller(Actor caller) {
    CALLS.incrementAndGet();
    return caller;
  }

  @PostMapping("/for-tests/things")
  int change(@RequestBody String body) {
    CALLS.incrementAndGet();
    return body.length();
  }

  @PostMapping("/for-tests/form")
  String form(@RequestParam(defaultValue = "keep") String files) {
    CALLS.incrementAndGet();
    return "files=" + files;
  }

  @DeleteMapping("/for-tests/things/{id}")
  void delete(@PathVariable String id) {
    CALLS.incrementAndGet();
  }

  /** Whether the session of this request is there, before and after it is ended. */
  @GetMapping("/for-tests/session")
  List<Boolean> session(HttpServletRequest request) {
    BooleanSupplier isThere = SignedInSession.of(request);
    boolean before = isThere.getAsBoolean();
    request.getSession().invalidate();
    return List.of(before, isThere.getAsBoolean());
  }

  @GetMapping("/for-tests/half")
  void half(HttpServletResponse response) throws IOException {
    response.setContentType("application/x-ndjson");
    response.getOutputStream().write("{}\n".getBytes(StandardCharsets.UTF_8));
    response.flushBuffer();
    throw new IllegalStateException("secret inner words");
  }

  @GetMapping("/for-tests/fault")
  void fault() {
    throw new IllegalStateException("secret inner words");
  }
}
