package io.admix.engine.run;

import io.admix.core.plan.PlanEntry;
import io.admix.core.recipe.OnError;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** What all workers of one task share. Safe for use by many threads. */
final class PlacingSite {
  /**
   * Under {@code on-error: fail} workers look on for so long after the first failure, so that a
   * person sees more than one at a time.
   */
  private static final long GRACE_NS = TimeUnit.SECONDS.toNanos(1);

  private final EntryMakers makers;
  private final OnError onError;
  private final boolean firstAttempt;
  private final Runnable mayGoOn;
  private final AtomicLong files = new AtomicLong();
  private final AtomicLong bytes = new AtomicLong();
  private final AtomicLong failures = new AtomicLong();
  private final AtomicLong failedAt = new AtomicLong();
  private final AtomicInteger working = new AtomicInteger();
  private final AtomicInteger workingMax = new AtomicInteger();

  /**
   * @param mayGoOn called before each file; returns when its thread may go on, and throws when the
   *     task was asked to stop or may not be worked on any more
   */
  PlacingSite(EntryMakers makers, OnError onError, Attempt attempt, Runnable mayGoOn) {
    this.makers = makers;
    this.onError = onError;
    this.firstAttempt = attempt == Attempt.FIRST;
    this.mayGoOn = mayGoOn;
  }

  /** Whether anything may lie in staging already. */
  enum Attempt {
    FIRST,
    RESUMED
  }

  /** For one thread, which closes it. */
  EntryMaker openMaker() {
    return makers.open();
  }

  long backOffs() {
    return makers.backOffs();
  }

  boolean isFirstAttempt() {
    return firstAttempt;
  }

  /** Before each file. */
  void checkMayGoOn() {
    mayGoOn.run();
  }

  void counted(PlanEntry entry, EntryResult result) {
    if (result instanceof EntryResult.Placed) {
      files.incrementAndGet();
      bytes.addAndGet(entry.size());
    } else {
      failures.incrementAndGet();
      failedAt.compareAndSet(0, System.nanoTime() | 1);
    }
  }

  /** Whether the task fails anyway, and a failing run is not placed to its end. */
  boolean isCut(List<EntryResult> resultsOfRun) {
    return isFailing() && resultsOfRun.stream().anyMatch(r -> r instanceof EntryResult.Failed);
  }

  /** Whether a file failed under {@code on-error: fail} and the time of grace is over. */
  boolean isFailing() {
    long first = failedAt.get();
    return onError == OnError.FAIL && first != 0 && System.nanoTime() - first > GRACE_NS;
  }

  boolean hasFailed() {
    return onError == OnError.FAIL && failedAt.get() != 0;
  }

  void startedWork() {
    int now = working.incrementAndGet();
    workingMax.accumulateAndGet(now, Math::max);
  }

  void endedWork() {
    working.decrementAndGet();
  }

  int working() {
    return working.get();
  }

  /** The most workers that were placing at one time. */
  int workingMax() {
    return workingMax.get();
  }

  long files() {
    return files.get();
  }

  long bytes() {
    return bytes.get();
  }

  long failures() {
    return failures.get();
  }
}
