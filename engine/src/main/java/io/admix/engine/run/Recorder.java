package io.admix.engine.run;

import io.admix.catalog.FailureRecord;
import io.admix.catalog.LeaseLostException;
import io.admix.catalog.RunRecord;
import io.admix.catalog.Tasks;
import io.admix.core.recipe.LinkMethod;
import io.admix.engine.RunMeter;
import io.admix.engine.plan.PlanHeader.PlanSource;
import io.admix.engine.plan.PlanRun;
import io.admix.engine.report.FailureReport;
import io.admix.engine.report.MethodCount;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes finished runs to the catalogue: one thread, transactions of whole runs, each of at least
 * so many rows or 200 ms. The hand-off is bounded by the entries in it: a slow database slows the
 * workers, and one that is merely busy with a transaction keeps none of them waiting.
 */
final class Recorder implements AutoCloseable {
  /**
   * Entries that may wait for the recorder: some four transactions, and a few megabytes. With a
   * hand-off of as many runs as there are workers, these stood still a fifth of the time.
   */
  static final int HAND_OFF_ENTRIES = 8_192;

  private static final long BATCH_NS = TimeUnit.MILLISECONDS.toNanos(200);

  /** The last of what is handed over, so that the end is not waited for. */
  private static final FinishedRun END =
      new FinishedRun(new PlanRun(-1, -1, "", 0, 0, 0), List.of(), List.of());

  private final Tasks tasks;
  private final Tasks.Lease lease;
  private final List<PlanSource> sources;
  private final String bootId;
  private final int batchRows;
  private final Tally tally;
  private final Halt halt;
  private final RunMeter meter;
  private final Consumer<Recorder> recorded;
  private final int handOffEntries;
  private final Semaphore room;
  private final BlockingQueue<FinishedRun> handOff = new LinkedBlockingQueue<>();
  private final Thread thread;
  private final Object drained = new Object();
  private final AtomicLong accepted = new AtomicLong();
  private long written;
  private long busyNanos;
  private boolean ended;
  private volatile boolean broken;
  private volatile @Nullable Error crash;

  /**
   * @param handOffEntries entries of finished runs that may wait; a run of more waits alone
   * @param recorded called after each transaction, by the recorder's thread
   */
  Recorder(
      Tasks tasks,
      Tasks.Lease lease,
      List<PlanSource> sources,
      int batchRows,
      int handOffEntries,
      Tally tally,
      Halt halt,
      RunMeter meter,
      Consumer<Recorder> recorded) {
    this.tasks = tasks;
    this.lease = lease;
    this.sources = sources;
    this.bootId = RunnerIdentity.bootId();
    this.batchRows = batchRows;
    this.tally = tally;
    this.halt = halt;
    this.meter = meter;
    this.recorded = recorded;
    this.handOffEntries = handOffEntries;
    this.room = new Semaphore(handOffEntries, true);
    this.thread =
        Thread.ofPlatform()
            .name("admix-record")
            .unstarted(TaskLog.with(lease.taskId(), this::work));
  }

  void start() {
    thread.start();
  }

  /**
   * Hands a run over, waiting while the database is behind. After the recorder failed the run is
   * dropped: it has no receipt and is done again.
   */
  void put(FinishedRun run) throws InterruptedException {
    boolean hasRoom = false;
    while (!hasRoom && !broken) {
      hasRoom = room.tryAcquire(weight(run), 100, TimeUnit.MILLISECONDS);
    }
    if (hasRoom) {
      accepted.incrementAndGet();
      handOff.add(run);
    }
  }

  private int weight(FinishedRun run) {
    return Math.clamp(run.entries().size(), 1, handOffEntries);
  }

  /** Returns when everything handed over so far is recorded, or recording failed. */
  void drain() throws InterruptedException {
    synchronized (drained) {
      while (accepted.get() != written && !broken) {
        drained.wait(100);
      }
    }
  }

  /** How long it put rows together and wrote them; known once it is closed. */
  long busyNanos() {
    return busyNanos;
  }

  /** Whether a worker waits for the database just now. */
  boolean holdsBack() {
    return room.hasQueuedThreads();
  }

  /** Finished runs that wait just now. */
  int waiting() {
    return handOff.size();
  }

  /** Records what was handed over and ends. */
  @Override
  public void close() {
    handOff.add(END);
    boolean interrupted = false;
    while (true) {
      try {
        thread.join();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    Error thrown = crash;
    if (thrown != null) {
      throw thrown;
    }
  }

  private void work() {
    try {
      while (recordBatch()) {
        recorded.accept(this);
      }
    } catch (LeaseLostException e) {
      broken = true;
      halt.ask(Halt.Kind.LEASE_LOST, true, "another runner took this task over");
    } catch (InterruptedException e) {
      broken = true;
      halt.ask(Halt.Kind.STOPPED, true, "the recording thread was interrupted");
    } catch (RuntimeException e) {
      broken = true;
      halt.ask(
          Halt.Kind.FAILED,
          true,
          "Recording failed: %s. Files placed so far stay in staging; mend the database, then resume."
              .formatted(String.valueOf(e.getMessage())));
    } catch (Error e) {
      broken = true;
      crash = e;
      halt.ask(Halt.Kind.FAILED, true, "the recording thread ended with " + e);
    }
  }

  /** One transaction. False at the end. */
  private boolean recordBatch() throws InterruptedException {
    List<FinishedRun> runs = gather();
    if (runs.isEmpty()) {
      return false;
    }
    long begunAt = System.nanoTime();
    List<RunRecord> records = new ArrayList<>(runs.size());
    for (FinishedRun run : runs) {
      records.add(run.toRecord(sources, bootId));
    }
    long startedAt = System.nanoTime();
    tasks.record(lease, records);
    meter(runs, System.nanoTime() - startedAt);
    for (int i = 0; i < runs.size(); i++) {
      tally.add(runs.get(i));
      for (FailureRecord failure : records.get(i).failures()) {
        tally.keep(
            new FailureReport(
                failure.source(), failure.path(), failure.reason(), failure.detail()));
      }
    }
    busyNanos += System.nanoTime() - begunAt;
    synchronized (drained) {
      written += runs.size();
      drained.notifyAll();
    }
    return true;
  }

  private void meter(List<FinishedRun> runs, long nanos) {
    if (meter != RunMeter.NONE) {
      Map<LinkMethod, MethodCount> placed = new EnumMap<>(LinkMethod.class);
      Map<String, Integer> failures = new HashMap<>();
      runs.forEach(run -> run.count(placed, failures));
      meter.recorded(new RunMeter.Batch(placed, failures, Duration.ofNanos(nanos)));
    }
  }

  /** Whole runs of at least so many rows, or what came within the time; empty at the end. */
  private List<FinishedRun> gather() throws InterruptedException {
    List<FinishedRun> runs = new ArrayList<>();
    if (ended) {
      return runs;
    }
    FinishedRun next = handOff.take();
    long deadline = System.nanoTime() + BATCH_NS;
    int rows = 0;
    while (next != null) {
      if (next == END) {
        ended = true;
        return runs;
      }
      room.release(weight(next));
      runs.add(next);
      rows += next.entries().size();
      next =
          rows < batchRows
              ? handOff.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)
              : null;
    }
    return runs;
  }
}
