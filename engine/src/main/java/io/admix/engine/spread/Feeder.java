package io.admix.engine.spread;

import io.admix.engine.plan.PlanRun;
import io.admix.engine.run.SpreadWork;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Puts runs together to batches, writes their part of the plan and hands them to the cluster, some
 * at a time: a thread of its own, since reading the plan and recording what was done each take
 * their time.
 */
final class Feeder implements AutoCloseable {
  /** Some seconds of linking on a slow file system. */
  private static final int BATCH_RUNS_MAX = 16;

  /** Some seconds of copying. */
  private static final long BATCH_BYTES = 1L << 30;

  /** Waves that may be out: one ends while the next is worked on and a third is written. */
  private static final int WAVES = 3;

  private static final int WAVE_MIN = 4;

  private final Cluster cluster;
  private final SpreadWork work;
  private final BatchFolders folders;
  private final SpreadTask task;
  private final Map<Long, List<PlanRun>> out;
  private final Cluster.Results results;
  private int waveSize;
  private final Semaphore room;
  private final Thread thread;
  private @Nullable PlanRun ahead;
  private long batches;
  private volatile boolean closed;
  private volatile boolean done;
  private volatile @Nullable Throwable fault;

  Feeder(
      Cluster cluster,
      SpreadWork work,
      BatchFolders folders,
      SpreadTask task,
      Map<Long, List<PlanRun>> out,
      Cluster.Results results) {
    this.cluster = cluster;
    this.work = work;
    this.folders = folders;
    this.task = task;
    this.out = out;
    this.results = results;
    this.waveSize = waveSizeNow();
    this.room = new Semaphore(WAVES * waveSize);
    this.thread = Thread.ofPlatform().name("admix-feed").unstarted(this::feed);
  }

  void start() {
    thread.start();
  }

  private int waveSizeNow() {
    return Math.max(WAVE_MIN, 2 * cluster.slots());
  }

  /** Executors may come after the first batches went out. */
  private void grow() {
    int now = waveSizeNow();
    if (now > waveSize) {
      room.release(WAVES * (now - waveSize));
      waveSize = now;
    }
  }

  /** Few runs are shared out among all who can work. */
  private int batchRuns() {
    return (int) Math.clamp(work.runs() / (2L * waveSize), 1, BATCH_RUNS_MAX);
  }

  /** Whether all batches are out. */
  boolean isDone() {
    return done;
  }

  /** A batch came back. */
  void finished() {
    room.release();
  }

  /** Throws what ended the feeding before its end. */
  void rethrow() throws IOException {
    switch (fault) {
      case null -> {}
      case IOException e -> throw e;
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      case Throwable e -> throw new IOException(e);
    }
  }

  private void feed() {
    try {
      List<Long> wave = new ArrayList<>();
      List<PlanRun> runs = nextRuns();
      while (!runs.isEmpty() && awaitRoom(wave)) {
        wave.add(write(runs));
        if (wave.size() == waveSize) {
          begin(wave);
        }
        runs = nextRuns();
      }
      begin(wave);
      done = true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException | RuntimeException | Error e) {
      fault = e;
    }
  }

  private void begin(List<Long> wave) {
    if (!wave.isEmpty() && !closed) {
      cluster.begin(task, List.copyOf(wave), results);
      wave.clear();
      grow();
    }
  }

  /** What is written is handed over before there is waiting. */
  private boolean awaitRoom(List<Long> wave) throws InterruptedException {
    if (room.tryAcquire()) {
      return true;
    }
    begin(wave);
    while (!closed) {
      if (room.tryAcquire(100, TimeUnit.MILLISECONDS)) {
        return true;
      }
    }
    return false;
  }

  private List<PlanRun> nextRuns() throws IOException {
    List<PlanRun> runs = new ArrayList<>();
    long bytes = 0;
    int batchRuns = batchRuns();
    while (runs.size() < batchRuns && bytes < BATCH_BYTES && !closed) {
      Optional<PlanRun> next = take();
      if (next.isEmpty()) {
        break;
      }
      if (!runs.isEmpty() && bytes + next.get().bytes() > BATCH_BYTES) {
        ahead = next.get();
        break;
      }
      runs.add(next.get());
      bytes += next.get().bytes();
    }
    return runs;
  }

  private Optional<PlanRun> take() throws IOException {
    PlanRun first = ahead;
    ahead = null;
    return first != null ? Optional.of(first) : work.next();
  }

  private long write(List<PlanRun> runs) throws IOException {
    long number = batches++;
    Files.createDirectory(folders.batch(number));
    try (BatchPlan.Writer plan =
        new BatchPlan.Writer(folders.batch(number).resolve(BatchFolders.PLAN))) {
      for (PlanRun run : runs) {
        plan.add(run.number(), work.entries(run));
      }
      plan.finish();
    }
    out.put(number, List.copyOf(runs));
    return number;
  }

  @Override
  public void close() {
    closed = true;
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
  }
}
