package io.admix.server;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.springframework.stereotype.Component;

/**
 * Requests that take long, a few at a time; the others wait in turn. Those that read all rows of a
 * dataset, a task's receipts or a whole plan take neither all connections of the database nor all
 * processors from those who ask for a task.
 *
 * <p>They have threads of their own. A request runs on a virtual thread, of which only as many get
 * on at once as there are processors, and which keeps its processor while it is within the code of
 * SQLite or of the system: two slow ones would stop everybody else's.
 */
@Component
public final class LongReads {
  /** Reads at a time. */
  static final int MOST = 4;

  /** Changes at a time: they wait for disks and for others more than they reckon. */
  static final int MOST_CHANGES = 32;

  /** Looks into folders and files at a time: a disk that hangs keeps nobody from a change. */
  static final int MOST_LOOKS = 8;

  private static final long PATIENCE_SECONDS = 30;

  private final Semaphore places = new Semaphore(MOST, true);
  private final Semaphore changes = new Semaphore(MOST_CHANGES, true);
  private final Semaphore looks = new Semaphore(MOST_LOOKS, true);
  private final long patienceSeconds;

  LongReads() {
    this(PATIENCE_SECONDS);
  }

  LongReads(long patienceSeconds) {
    this.patienceSeconds = patienceSeconds;
  }

  /** Something that is read, or done. */
  @FunctionalInterface
  public interface Read<T, F extends Exception> {
    T get() throws F, InterruptedException;
  }

  /**
   * Reads when its turn comes.
   *
   * @throws BusyException when its turn did not come in time
   */
  public <T, F extends Exception> T read(Read<T, F> read) throws F, InterruptedException {
    return apart(
        places,
        "%d requests read whole datasets just now, and others wait; nothing was read. Try again."
            .formatted(MOST),
        read);
  }

  /**
   * Plans, makes or removes something when its turn comes.
   *
   * @throws BusyException when its turn did not come in time; nothing was changed
   */
  public <T, F extends Exception> T change(Read<T, F> change) throws F, InterruptedException {
    return apart(
        changes,
        "%d changes are being made just now, and others wait; nothing was changed. Try again."
            .formatted(MOST_CHANGES),
        change);
  }

  /**
   * Looks into a folder, or at the beginning of a file, when its turn comes.
   *
   * @throws BusyException when its turn did not come in time
   */
  public <T, F extends Exception> T look(Read<T, F> look) throws F, InterruptedException {
    return apart(
        looks,
        "%d folders or files are being looked into just now, and others wait; the disks may be slow. Try again."
            .formatted(MOST_LOOKS),
        look);
  }

  private <T, F extends Exception> T apart(Semaphore turns, String busy, Read<T, F> work)
      throws F, InterruptedException {
    if (!turns.tryAcquire(patienceSeconds, TimeUnit.SECONDS)) {
      throw new BusyException(busy);
    }
    FutureTask<T> task = new FutureTask<>(work::get);
    boolean isBegun = false;
    try {
      Thread.ofPlatform().name("long-request").daemon().start(() -> run(task, turns));
      isBegun = true;
    } finally {
      if (!isBegun) {
        turns.release();
      }
    }
    return result(task);
  }

  private static void run(FutureTask<?> task, Semaphore turns) {
    try {
      task.run();
    } finally {
      turns.release();
    }
  }

  /** Whoever waits and is interrupted interrupts the work. */
  @SuppressWarnings("unchecked") // what work throws is checked where it is called
  private static <T, F extends Exception> T result(FutureTask<T> task)
      throws F, InterruptedException {
    try {
      return task.get();
    } catch (ExecutionException fault) {
      switch (fault.getCause()) {
        case InterruptedException stopped -> throw stopped;
        case RuntimeException unforeseen -> throw unforeseen;
        case Error error -> throw error;
        case null -> throw new IllegalStateException(fault);
        default -> throw (F) fault.getCause();
      }
    } catch (InterruptedException stopping) {
      task.cancel(true);
      throw stopping;
    }
  }
}
