package io.admix.engine.run;

import io.admix.engine.plan.PlanRun;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Hands runs to workers: to no more workers than allowed just now, in plan order, and to no more
 * than so many of one target folder at a time, since links into one directory wait for its lock. A
 * run whose folder is busy waits, and the next one of another folder goes first; the folder with
 * fewest workers is taken before others. Runs of many bytes have a lane of their own, the largest
 * first, with a quarter of the workers while others wait: they neither hold up small files nor come
 * last. Bounded, and safe for use by many threads.
 */
final class RunQueue {
  /** A second or so of copying: less is not worth an order of its own. */
  static final long LARGE_BYTES = 128L << 20;

  private static final int LARGE_SHARE = 4;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition room = lock.newCondition();
  private final Condition work = lock.newCondition();
  private final Condition resumed = lock.newCondition();
  private final int capacity;
  private final int workersPerFolder;

  /** Folders with runs that wait or are being placed, in plan order. */
  private final Map<String, Line> lines = new LinkedHashMap<>();

  private final PriorityQueue<PlanRun> large =
      new PriorityQueue<>(
          Comparator.comparingLong(PlanRun::bytes).reversed().thenComparing(PlanRun::number));

  private int waiting;
  private int largeActive;
  private int paused;
  private int outstandingMax;
  private boolean ended;
  private boolean stopped;
  private volatile int workers;
  private final AtomicInteger active = new AtomicInteger();

  /** What is to be done in one folder. */
  private static final class Line {
    private final ArrayDeque<PlanRun> waiting = new ArrayDeque<>();
    private int busy;
  }

  /**
   * @param capacity runs that may wait
   * @param workers that may place at one time
   */
  RunQueue(int capacity, int workersPerFolder, int workers) {
    this.capacity = capacity;
    this.workersPerFolder = workersPerFolder;
    this.workers = workers;
  }

  /**
   * Adds a run, waiting while the queue is full.
   *
   * @return false when the queue was stopped: the run was not taken
   */
  boolean put(PlanRun run) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (waiting >= capacity && !stopped) {
        room.await();
      }
      if (stopped) {
        return false;
      }
      if (isLarge(run)) {
        large.add(run);
      } else {
        lines.computeIfAbsent(run.targetFolder(), folder -> new Line()).waiting.add(run);
      }
      waiting++;
      outstandingMax = Math.max(outstandingMax, waiting + active.get() + paused);
      work.signal();
      return true;
    } finally {
      lock.unlock();
    }
  }

  /**
   * The next run that may be placed, waiting for one; empty when there are no more or the queue was
   * stopped. Whoever was paused goes on before anything new is begun.
   */
  Optional<PlanRun> take() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (!stopped) {
        PlanRun run = active.get() < workers && paused == 0 ? next() : null;
        if (run != null) {
          waiting--;
          active.incrementAndGet();
          room.signal();
          // One wake-up may stand for several runs that can be placed now.
          work.signal();
          return Optional.of(run);
        }
        if (ended && waiting == 0) {
          work.signalAll();
          return Optional.empty();
        }
        work.await();
      }
      return Optional.empty();
    } finally {
      lock.unlock();
    }
  }

  private @Nullable PlanRun next() {
    Line line = leastBusy();
    boolean isLargeTurn = line == null || largeActive < workers / LARGE_SHARE;
    PlanRun run = isLargeTurn ? large.poll() : null;
    if (run != null) {
      largeActive++;
      return run;
    }
    if (line == null) {
      return null;
    }
    line.busy++;
    return line.waiting.remove();
  }

  /** Few folders are looked at: those before the first idle one are busy. */
  private @Nullable Line leastBusy() {
    Line least = null;
    for (Line line : lines.values()) {
      if (!line.waiting.isEmpty()
          && line.busy < workersPerFolder
          && (least == null || line.busy < least.busy)) {
        least = line;
        if (line.busy == 0) {
          return line;
        }
      }
    }
    return least;
  }

  private static boolean isLarge(PlanRun run) {
    return run.bytes() >= LARGE_BYTES;
  }

  /** Frees the place of a run that {@link #take} gave out. */
  void done(PlanRun run) {
    lock.lock();
    try {
      active.decrementAndGet();
      if (isLarge(run)) {
        largeActive--;
      } else {
        Line line = lines.get(run.targetFolder());
        if (line != null) {
          line.busy--;
          if (line.busy == 0 && line.waiting.isEmpty()) {
            lines.remove(run.targetFolder());
          }
        }
      }
      wakeNext();
    } finally {
      lock.unlock();
    }
  }

  private void wakeNext() {
    if (paused > 0) {
      resumed.signal();
    } else {
      work.signal();
    }
  }

  /** Lets so many place from now on; those above pause before their next file. */
  void workers(int allowed) {
    lock.lock();
    try {
      workers = allowed;
      resumed.signalAll();
      work.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Called between two files: waits while more are placing than may. */
  void pauseWhileTooMany() {
    if (active.get() <= workers) {
      return;
    }
    lock.lock();
    try {
      if (active.get() <= workers || stopped) {
        return;
      }
      active.decrementAndGet();
      paused++;
      while (active.get() >= workers && !stopped) {
        resumed.awaitUninterruptibly();
      }
      paused--;
      active.incrementAndGet();
      wakeNext();
    } finally {
      lock.unlock();
    }
  }

  /** Workers that wait half-way through a run. */
  int paused() {
    lock.lock();
    try {
      return paused;
    } finally {
      lock.unlock();
    }
  }

  /** So many workers, and no more, could place just now. */
  int usable() {
    lock.lock();
    try {
      long inFolders = (long) lines.size() * workersPerFolder + large.size() + largeActive;
      return (int) Math.min(inFolders, (long) waiting + active.get() + paused);
    } finally {
      lock.unlock();
    }
  }

  /** No more runs will be put. */
  void end() {
    lock.lock();
    try {
      ended = true;
      work.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Whoever waits returns with nothing; what waits is dropped. */
  void stop() {
    lock.lock();
    try {
      stopped = true;
      waiting = 0;
      large.clear();
      Iterator<Line> all = lines.values().iterator();
      while (all.hasNext()) {
        Line line = all.next();
        line.waiting.clear();
        if (line.busy == 0) {
          all.remove();
        }
      }
      room.signalAll();
      work.signalAll();
      resumed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** The most runs that were waiting or being placed at one time. */
  int outstandingMax() {
    lock.lock();
    try {
      return outstandingMax;
    } finally {
      lock.unlock();
    }
  }
}
