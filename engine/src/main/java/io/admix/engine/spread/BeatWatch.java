package io.admix.engine.spread;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * Watches a {@link Beat} from an executor: an attempt waits once the beat has stood still for half
 * a lease, and ends when it has for a whole one, when the beat is over or gone, or when the cluster
 * gave the attempt up. Looks at the file at most once a second. Used by one thread.
 */
final class BeatWatch {
  private static final long LOOK_EVERY = TimeUnit.SECONDS.toNanos(1);
  private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(100);

  private final Path file;
  private final long lease;
  private final BooleanSupplier isGivenUp;
  private final LongSupplier nanos;
  private String seen = "";
  private long changedAt;
  private long lookedAt;

  /** Ends an attempt; what it tells counts for nothing. */
  static final class EndedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    EndedException(String message) {
      super(message, null, false, false);
    }
  }

  BeatWatch(Path file, long lease, BooleanSupplier isGivenUp, LongSupplier nanos) {
    this.file = file;
    this.lease = lease;
    this.isGivenUp = isGivenUp;
    this.nanos = nanos;
    this.changedAt = nanos.getAsLong();
    this.lookedAt = changedAt - LOOK_EVERY;
  }

  /**
   * Returns when the attempt may go on.
   *
   * @throws EndedException when it may not
   */
  void check() {
    if (isGivenUp.getAsBoolean()) {
      throw new EndedException("the cluster gave this attempt up");
    }
    long now = nanos.getAsLong();
    if (now - lookedAt >= LOOK_EVERY) {
      look(now);
    }
    while (nanos.getAsLong() - changedAt > lease / 2) {
      if (nanos.getAsLong() - changedAt > lease) {
        throw new EndedException("the process that has the task was not heard of for its lease");
      }
      if (isGivenUp.getAsBoolean()) {
        throw new EndedException("the cluster gave this attempt up");
      }
      LockSupport.parkNanos(PAUSE);
      look(nanos.getAsLong());
    }
  }

  private void look(long now) {
    lookedAt = now;
    try {
      String found = new String(Files.readAllBytes(file), StandardCharsets.US_ASCII);
      if (found.equals(Beat.OVER)) {
        throw new EndedException("the process that has the task has stopped placing");
      }
      if (!found.equals(seen)) {
        seen = found;
        changedAt = now;
      }
    } catch (NoSuchFileException e) {
      throw new EndedException("another process goes on with the task, or it is over");
    } catch (IOException e) {
      // As if nothing was heard: it may be readable again in a moment.
      return;
    }
  }
}
