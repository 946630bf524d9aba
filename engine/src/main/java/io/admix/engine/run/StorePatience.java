package io.admix.engine.run;

import io.admix.engine.place.StoreTrouble;
import io.admix.files.PlacingStoppedException;
import io.admix.files.object.ObjectFailure;
import io.admix.files.object.ObjectFault;
import io.admix.files.object.ObjectOutcome;
import io.admix.files.object.ObjectSettings;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * What is done when a store does not make an object now: waits and tries again where that may help,
 * and stops the task so that it can be resumed where nothing of the kind does. Safe for use by many
 * threads.
 */
final class StorePatience {
  private static final int TRIES_THROTTLED = 10;
  private static final int TRIES_UNKNOWN = 4;
  private static final Duration SLICE = Duration.ofMillis(100);
  private static final String STAYS = " What was placed stays and is recorded.";

  private final Duration pauseFirst;
  private final Duration pauseMost;
  private final Runnable mayGoOn;
  private final AtomicLong waits = new AtomicLong();

  /**
   * @param mayGoOn asked while it waits; throws when the task was asked to stop
   */
  StorePatience(ObjectSettings settings, Runnable mayGoOn) {
    this.pauseFirst = settings.pauseFirst();
    this.pauseMost = settings.pauseMost();
    this.mayGoOn = mayGoOn;
  }

  /** How often it waited. */
  long waits() {
    return waits.get();
  }

  /** One try, which may be made again. */
  @FunctionalInterface
  interface Try {
    ObjectOutcome make() throws ObjectFault, PlacingStoppedException;
  }

  /**
   * Tries until it is placed, or fails by a cause of its own.
   *
   * @throws PlacingStoppedException when the task cannot go on now
   */
  ObjectOutcome outcome(Try attempt) throws PlacingStoppedException {
    for (int tries = 1; ; tries++) {
      ObjectOutcome outcome = once(attempt);
      if (!(outcome instanceof ObjectOutcome.Failed failed) || isOfItsOwn(failed.reason())) {
        return outcome;
      }
      if (tries >= triesOf(failed.reason())) {
        throw stopped(failed, tries);
      }
      pause(tries);
    }
  }

  private static ObjectOutcome once(Try attempt) throws PlacingStoppedException {
    try {
      return attempt.make();
    } catch (ObjectFault f) {
      throw stopped(f);
    }
  }

  private static boolean isOfItsOwn(ObjectFailure reason) {
    return switch (reason) {
      case THROTTLED, UNKNOWN, DENIED -> false;
      default -> true;
    };
  }

  private static int triesOf(ObjectFailure reason) {
    return switch (reason) {
      case THROTTLED -> TRIES_THROTTLED;
      case UNKNOWN -> TRIES_UNKNOWN;
      default -> 1;
    };
  }

  private static PlacingStoppedException stopped(ObjectOutcome.Failed failed, int tries) {
    String advice =
        switch (failed.reason()) {
          case THROTTLED ->
              "The store asked to slow down, %d times in a row. Resume later, or lower admix.copy.max-concurrency."
                  .formatted(tries);
          case DENIED -> "Give back the right to write there, then resume.";
          default ->
              "No answer told what became of it, %d times in a row. Resume settles it."
                  .formatted(tries);
        };
    return new PlacingStoppedException(
        failed.detail() + ". " + advice + STAYS, true, new IllegalStateException(failed.detail()));
  }

  /** What is no matter of one object. */
  static PlacingStoppedException stopped(ObjectFault fault) {
    return new PlacingStoppedException(
        sentence(StoreTrouble.words(fault)) + " Mend the cause, then resume." + STAYS, true, fault);
  }

  private static String sentence(String words) {
    return words.endsWith(".") ? words : words + ".";
  }

  private void pause(int tries) {
    waits.incrementAndGet();
    long nanos = Math.min(pauseMost.toNanos(), pauseFirst.toNanos() << Math.min(tries, 20));
    long until = System.nanoTime() + nanos;
    for (long left = nanos; left > 0; left = until - System.nanoTime()) {
      mayGoOn.run();
      LockSupport.parkNanos(Math.min(left, SLICE.toNanos()));
    }
    mayGoOn.run();
  }
}
