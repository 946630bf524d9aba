package io.admix.engine.run;

import io.admix.engine.spread.BatchAttempt;
import io.admix.engine.spread.BatchResult;
import io.admix.engine.spread.Cluster;
import io.admix.engine.spread.SpreadTask;
import io.admix.files.FileAccess;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/** Threads that play executors: as many attempts at each batch as asked for, all at once. */
final class ThreadCluster implements Cluster, AutoCloseable {
  private final ExecutorService threads = Executors.newFixedThreadPool(4);
  private final AtomicLong unique = new AtomicLong();
  private final int attempts;
  private final Attempting attempting;
  private final Set<Long> told = ConcurrentHashMap.newKeySet();
  private final Set<String> dead = ConcurrentHashMap.newKeySet();
  volatile boolean cancelled;

  ThreadCluster(int attempts) {
    this(attempts, (attempt, number) -> attempt.run());
  }

  ThreadCluster(int attempts, Attempting attempting) {
    this.attempts = attempts;
    this.attempting = attempting;
  }

  /** What an executor makes of an attempt; {@code number} counts all attempts from 0. */
  @FunctionalInterface
  interface Attempting {
    BatchResult run(BatchAttempt attempt, long number) throws Exception;
  }

  /** An executor that dies: whatever it was at stays as it is, and another tries again. */
  static final class Killed extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  @Override
  public String inWords() {
    return "threads that play executors";
  }

  @Override
  public int slots() {
    return 2;
  }

  @Override
  public void begin(SpreadTask task, List<Long> batches, Results results) {
    for (long batch : batches) {
      for (int i = 0; i < attempts; i++) {
        threads.execute(() -> attempt(task, batch, results));
      }
    }
  }

  private void attempt(SpreadTask task, long batch, Results results) {
    long number = unique.getAndIncrement();
    String executor = "e" + number;
    BatchAttempt attempt =
        new BatchAttempt(task, batch, executor, "t" + number, FileAccess.best(), () -> cancelled);
    try {
      BatchResult result = attempting.run(attempt, number);
      if (told.add(batch)) {
        results.done(result);
      }
    } catch (Killed e) {
      dead.add(executor);
      threads.execute(() -> attempt(task, batch, results));
    } catch (IOException e) {
      if (attempts == 1 && !cancelled) {
        results.failed(e.getMessage());
      }
    } catch (Throwable e) {
      results.failed(e.toString());
    }
  }

  @Override
  public boolean isGone(String executor) {
    return dead.contains(executor);
  }

  @Override
  public void cancel() {
    cancelled = true;
  }

  @Override
  public void close() {
    threads.close();
  }
}
