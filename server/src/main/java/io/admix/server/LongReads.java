package io.admix.server;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.springframework.stereotype.Component;

/**
 * Requests that read all rows of a dataset, a task's receipts, or a whole manifest: a few at a
 * time, the others wait in turn. So many of them at once take neither all connections of the
 * database nor all processors from those who ask for a task.
 */
@Component
public final class LongReads {
  /** At a time. */
  static final int MOST = 4;

  private static final long PATIENCE_SECONDS = 30;

  private final Semaphore places = new Semaphore(MOST, true);
  private final long patienceSeconds;

  LongReads() {
    this(PATIENCE_SECONDS);
  }

  LongReads(long patienceSeconds) {
    this.patienceSeconds = patienceSeconds;
  }

  /** Something that is read. */
  @FunctionalInterface
  public interface Read<T, F extends Exception> {
    T get() throws F;
  }

  /**
   * Reads when its turn comes.
   *
   * @throws BusyException when its turn did not come in time
   */
  public <T, F extends Exception> T read(Read<T, F> read) throws F, InterruptedException {
    if (!places.tryAcquire(patienceSeconds, TimeUnit.SECONDS)) {
      throw new BusyException(
          "%d requests read whole datasets just now, and others wait; nothing was read. Try again."
              .formatted(MOST));
    }
    try {
      return read.get();
    } finally {
      places.release();
    }
  }
}
