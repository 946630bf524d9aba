package io.admix.engine.spread;

import io.admix.engine.plan.PlanRun;
import io.admix.engine.run.EntryResult;
import io.admix.engine.run.SpreadWork;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * The runs of one task, out to a cluster and back: batches go out as far as there is room, and what
 * comes back is looked at, handed to the catalogue and forgotten. Its size depends on the cluster
 * only.
 */
final class Round implements AutoCloseable {
  private static final long POLL_MS = 50;
  private static final long END_PATIENCE_NS = TimeUnit.SECONDS.toNanos(30);

  private final Cluster cluster;
  private final SpreadWork work;
  private final BatchFolders folders;
  private final Beat beat;
  private final BlockingQueue<BatchResult> results = new LinkedBlockingQueue<>();
  private final Map<Long, List<PlanRun>> out = new ConcurrentHashMap<>();
  private final List<Waiting> waiting = new ArrayList<>();
  private final Feeder feeder;
  private volatile boolean isClosing;
  private boolean mayHaveLeft;
  private boolean hasUnended;

  /** A batch with a result, of which other attempts may be going on. */
  private record Waiting(BatchResult result, long until) {}

  Round(Cluster cluster, SpreadWork work, BatchFolders folders) throws IOException {
    this.cluster = cluster;
    this.work = work;
    this.folders = folders;
    this.beat = new Beat(folders.beat(), work::isSure);
    SpreadTask task =
        new SpreadTask(work.taskId(), folders.root().toString(), work.leaseNanos(), work.facts());
    this.feeder = new Feeder(cluster, work, folders, task, out, new Hearing());
  }

  /** What a cluster tells, on its own threads. */
  private final class Hearing implements Cluster.Results {
    @Override
    public void done(BatchResult result) {
      results.add(result);
    }

    @Override
    public void failed(String why) {
      if (!isClosing) {
        work.stop(
            true,
            "The cluster gave up: %s. What was recorded stays recorded; mend the cause, then resume."
                .formatted(why));
      }
    }
  }

  /**
   * @param hadPredecessor whether a driver before this one had attempts that did not end
   */
  void run(boolean hadPredecessor) throws IOException, InterruptedException {
    mayHaveLeft = hadPredecessor;
    beat.start();
    feeder.start();
    while (!feeder.isDone() || !out.isEmpty()) {
      work.check();
      feeder.rethrow();
      if (work.isStopping()) {
        break;
      }
      BatchResult result = results.poll(POLL_MS, TimeUnit.MILLISECONDS);
      if (result != null) {
        hear(result);
      }
      finishEnded();
    }
    feeder.rethrow();
  }

  private void hear(BatchResult result) throws IOException, InterruptedException {
    if (!out.containsKey(result.batch())) {
      return;
    }
    if (result.stop() != null) {
      work.stop(result.resumable(), result.stop());
    }
    folders.take(result.batch());
    waiting.add(new Waiting(result, System.nanoTime() + work.leaseNanos()));
  }

  /** Batches of which no other attempt goes on any more. */
  private void finishEnded() throws IOException, InterruptedException {
    Iterator<Waiting> each = waiting.iterator();
    while (each.hasNext()) {
      Waiting next = each.next();
      BatchFolders.Attempts attempts = BatchFolders.attempts(folders.taken(next.result.batch()));
      boolean isOpen = attempts.open().stream().anyMatch(this::mayGoOn);
      if (!isOpen || System.nanoTime() > next.until) {
        boolean isDoubtful = attempts.begun().size() > 1;
        mayHaveLeft |= isDoubtful;
        hasUnended |= !attempts.open().isEmpty();
        each.remove();
        finish(next.result, isDoubtful);
      }
    }
  }

  private boolean mayGoOn(String attempt) {
    return !cluster.isGone(BatchAttempt.executorOf(attempt));
  }

  private void finish(BatchResult result, boolean isDoubtful)
      throws IOException, InterruptedException {
    List<PlanRun> runs = out.getOrDefault(result.batch(), List.of());
    if (result.receipts() != null) {
      record(result, runs, isDoubtful);
    }
    folders.remove(result.batch());
    out.remove(result.batch());
    feeder.finished();
  }

  private void record(BatchResult result, List<PlanRun> runs, boolean isDoubtful)
      throws IOException, InterruptedException {
    String name = String.valueOf(result.receipts());
    try (BatchReceipts.Reader receipts =
        new BatchReceipts.Reader(folders.taken(result.batch()).resolve(name))) {
      for (PlanRun run : runs) {
        BatchReceipts.Run found = receipts.next();
        if (found.results().isEmpty()) {
          // Cut short, as it tells by itself; a run without a receipt is done again.
          return;
        }
        record(run, found, isDoubtful || hasFailures(found), result);
      }
    }
  }

  /**
   * Whatever an executor could not place, the driver looks at too: it may see more than that one.
   */
  private static boolean hasFailures(BatchReceipts.Run found) {
    return found.results().stream().anyMatch(result -> !(result instanceof EntryResult.Placed));
  }

  private void record(PlanRun run, BatchReceipts.Run found, boolean isDoubtful, BatchResult result)
      throws IOException, InterruptedException {
    var entries = work.entries(run);
    if (found.number() != run.number() || found.results().size() != entries.size()) {
      throw new IOException(
          "The receipts %s tell of %d files of part %d where %d of part %d were asked for. Nothing of it was recorded; resume, and it is done again."
              .formatted(
                  result.receipts(),
                  found.results().size(),
                  found.number(),
                  entries.size(),
                  run.number()));
    }
    List<EntryResult> told =
        isDoubtful ? work.lookedAt(run, entries, found.results(), result.host()) : found.results();
    work.finished(run, entries, told);
  }

  /** Nobody places anything when this returns, as far as that can be told. */
  @Override
  public void close() throws IOException {
    isClosing = true;
    feeder.close();
    try {
      if (!out.isEmpty()) {
        cluster.cancel();
      }
    } finally {
      beat.close();
      awaitEnds();
    }
    finishRest();
    if (mayHaveLeft) {
      work.removeHalfMade();
    }
  }

  /** What was done before the task had to stop is recorded, so that nobody does it again. */
  private void finishRest() throws IOException {
    try {
      for (BatchResult result = results.poll();
          result != null && work.isSure();
          result = results.poll()) {
        hear(result);
      }
      while (!waiting.isEmpty() && work.isSure()) {
        finish(waiting.removeFirst().result, true);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Attempts that are known to go on are waited for. An executor that the cluster has given up may
   * live and not see at once that the beat is over, where a file system answers out of a cache: it
   * pauses when it has seen no new beat for half a lease, and that is waited for.
   */
  private void awaitEnds() throws IOException {
    long begun = System.nanoTime();
    long pausing = work.leaseNanos() / 2 + TimeUnit.SECONDS.toNanos(2);
    long most = Math.max(END_PATIENCE_NS, pausing);
    boolean interrupted = false;
    List<String> open = folders.open(out.keySet());
    mayHaveLeft |= !open.isEmpty();
    while (isToAwait(open, System.nanoTime() - begun, pausing, most)) {
      try {
        TimeUnit.MILLISECONDS.sleep(POLL_MS);
      } catch (InterruptedException e) {
        interrupted = true;
      }
      open = folders.open(out.keySet());
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean isToAwait(List<String> open, long waited, long pausing, long most) {
    return !open.isEmpty() && waited < most || hasUnended && waited < pausing;
  }
}
