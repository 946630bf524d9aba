package io.admix.server.datamate;

import io.admix.engine.task.QueueFullException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** A door of tests alone: a queue that is full is no state that a test can hold. */
@RestController
class FullDoor {
  static final String PATH = RatioKit.TASKS + "/for-tests/full";

  @GetMapping(PATH)
  void full() throws QueueFullException {
    throw new QueueFullException("so many wait");
  }
}
