package io.admix.engine.plan;

import java.util.function.ObjIntConsumer;

/** Takes answers, and lets planning be stopped while none comes. */
record Listening<R>(Progress progress, ObjIntConsumer<R> taker) implements PartWorkers.Answers<R> {
  @Override
  public void take(int part, R answer) {
    taker.accept(answer, part);
  }

  @Override
  public void waiting() {
    progress.waiting();
  }
}
