package io.admix.server;

import io.admix.catalog.Actor;
import io.admix.server.security.Callers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
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

  /** Of these, whoever sees no more than his own has as many, so that others are served. */
  static final int MOST_OF_ONE = 2;

  /** Changes at a time: they wait for disks and for others more than they reckon. */
  static final int MOST_CHANGES = 32;

  /** Looks into folders and files at a time: a disk that hangs keeps nobody from a change. */
  static final int MOST_LOOKS = 8;

  private static final long PATIENCE_SECONDS = 30;

  private final Semaphore places = new Semaphore(MOST, true);
  private final Map<String, OwnPlaces> owners = new ConcurrentHashMap<>();
  private final Semaphore changes = new Semaphore(MOST_CHANGES, true);
  private final Semaphore looks = new Semaphore(MOST_LOOKS, true);
  private final long patienceSeconds;

  LongReads() {
    this(PATIENCE_SECONDS);
  }

  LongReads(long patienceSeconds) {
    this.patienceSeconds = patienceSeconds;
  }

  /** Places of one owner, and how many of his requests have or want one. */
  private record OwnPlaces(Semaphore places, int wanted) {}

  /** A place that somebody has, until he gives it back. */
  private interface Turn {
    void end();
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
    return read(Callers.ifKnown().orElse(Actor.SYSTEM), read);
  }

  /** Whoever sees everything may be everybody. */
  <T, F extends Exception> T read(Actor caller, Read<T, F> read) throws F, InterruptedException {
    return apart(
        caller.sight() == Actor.Sight.ALL
            ? placeOfAll(deadline())
            : placeOf(caller.owner(), deadline()),
        read);
  }

  /**
   * Plans, makes or removes something when its turn comes.
   *
   * @throws BusyException when its turn did not come in time; nothing was changed
   */
  public <T, F extends Exception> T change(Read<T, F> change) throws F, InterruptedException {
    String busy =
        "%d changes are being made just now, and others wait; nothing was changed. Try again."
            .formatted(MOST_CHANGES);
    return apart(place(changes, deadline(), busy), change);
  }

  /**
   * Looks into a folder, or at the beginning of a file, when its turn comes.
   *
   * @throws BusyException when its turn did not come in time
   */
  public <T, F extends Exception> T look(Read<T, F> look) throws F, InterruptedException {
    String busy =
        "%d folders or files are being looked into just now, and others wait; the disks may be slow. Try again."
            .formatted(MOST_LOOKS);
    return apart(place(looks, deadline(), busy), look);
  }

  private long deadline() {
    return System.nanoTime() + TimeUnit.SECONDS.toNanos(patienceSeconds);
  }

  private Turn placeOfAll(long deadline) throws InterruptedException {
    return place(
        places,
        deadline,
        "%d requests read whole datasets just now, and others wait; nothing was read. Try again."
            .formatted(MOST));
  }

  /** First one of his own: while he waits for that, he stands in nobody's way. */
  private Turn placeOf(String owner, long deadline) throws InterruptedException {
    OwnPlaces own = owners.compute(owner, (name, known) -> wantedOnceMore(known));
    List<Turn> taken = new ArrayList<>();
    taken.add(() -> owners.computeIfPresent(owner, (name, known) -> wantedOnceLess(known)));
    boolean isComplete = false;
    try {
      taken.add(
          place(
              own.places(),
              deadline,
              "%d of your requests read whole datasets just now, and others of yours wait; nothing was read. Try again."
                  .formatted(MOST_OF_ONE)));
      taken.add(placeOfAll(deadline));
      isComplete = true;
    } finally {
      if (!isComplete) {
        taken.reversed().forEach(Turn::end);
      }
    }
    return () -> taken.reversed().forEach(Turn::end);
  }

  private static OwnPlaces wantedOnceMore(@Nullable OwnPlaces known) {
    return known == null
        ? new OwnPlaces(new Semaphore(MOST_OF_ONE, true), 1)
        : new OwnPlaces(known.places(), known.wanted() + 1);
  }

  private static @Nullable OwnPlaces wantedOnceLess(OwnPlaces known) {
    return known.wanted() == 1 ? null : new OwnPlaces(known.places(), known.wanted() - 1);
  }

  private static Turn place(Semaphore places, long deadline, String busy)
      throws InterruptedException {
    if (!places.tryAcquire(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
      throw new BusyException(busy);
    }
    return places::release;
  }

  private static <T, F extends Exception> T apart(Turn turn, Read<T, F> work)
      throws F, InterruptedException {
    FutureTask<T> task = new FutureTask<>(work::get);
    boolean isBegun = false;
    try {
      Thread.ofPlatform().name("long-request").daemon().start(() -> run(task, turn));
      isBegun = true;
    } finally {
      if (!isBegun) {
        turn.end();
      }
    }
    return result(task);
  }

  private static void run(FutureTask<?> task, Turn turn) {
    try {
      task.run();
    } finally {
      turn.end();
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
