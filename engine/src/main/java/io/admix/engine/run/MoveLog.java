package io.admix.engine.run;

import io.admix.engine.pace.Move;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;

/**
 * Writes down changes of the number of workers: the first ones each, later ones at most every ten
 * seconds, with how many went before it. Used by one thread but for {@link #lastInWords}.
 */
final class MoveLog {
  private static final int TOLD_EACH = 20;
  private static final long PAUSE_NS = TimeUnit.SECONDS.toNanos(10);

  private final Logger log;
  private final String taskId;
  private final LongSupplier clock;
  private long told;
  private long silent;
  private long lastAt;
  private volatile String last = "";

  MoveLog(Logger log, String taskId, LongSupplier clock) {
    this.log = log;
    this.taskId = taskId;
    this.clock = clock;
  }

  void add(Move move) {
    last = move.inWords();
    long now = clock.getAsLong();
    if (told >= TOLD_EACH && now - lastAt < PAUSE_NS) {
      silent++;
      return;
    }
    String before =
        silent == 0 ? "" : " (%,d changes before this one were not told)".formatted(silent);
    log.info("Task {}: {}{}", taskId, last, before);
    told++;
    silent = 0;
    lastAt = now;
  }

  /** The newest, told or not. */
  String lastInWords() {
    return last;
  }
}
