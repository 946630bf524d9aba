package io.admix.engine.task;

import io.admix.catalog.TaskQueue;
import io.admix.catalog.TaskQueue.Candidate;
import io.admix.core.name.Printable;
import io.admix.engine.run.QueuedTasks;
import io.admix.engine.run.RunProgress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Takes tasks while there is room and runs them, each on a thread of its own. One thread looks into
 * the catalogue: at once when it is called, else once a second, and not at all while as many run as
 * may.
 */
final class Dispatcher implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);
  private static final Duration POLL = Duration.ofSeconds(1);
  private static final Duration CLEAN_UP = Duration.ofMinutes(10);

  /** The key of a task's id in what is logged while it runs. */
  static final String LOG_TASK = "task";

  private final TaskQueue queue;
  private final QueuedTasks tasks;
  private final Limits limits;
  private final Ear ear;
  private final RecentPaces recent = new RecentPaces();
  private final Map<String, Running> running = new ConcurrentHashMap<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition called = lock.newCondition();
  private final Thread thread =
      Thread.ofPlatform().name("admix-queue").daemon().unstarted(this::work);
  private boolean isCalled;
  private boolean isStarted;
  private Optional<String> missing = Optional.empty();
  private volatile boolean closing;
  private volatile boolean isAway;
  private long cleanedAt = System.nanoTime() - CLEAN_UP.toNanos();

  /**
   * How much at a time, and how long a stop waits for what runs.
   *
   * @param running tasks at a time
   */
  record Limits(int running, Duration grace) {}

  /** Hears what this process does with tasks. */
  interface Ear {
    void progress(String taskId, RunProgress progress);

    /** Its state in the catalogue has changed. */
    void changed(String taskId);
  }

  Dispatcher(TaskQueue queue, QueuedTasks tasks, Limits limits, Ear ear) {
    this.queue = queue;
    this.tasks = tasks;
    this.limits = limits;
    this.ear = ear;
  }

  void start() {
    lock.lock();
    try {
      if (!isStarted && !closing) {
        isStarted = true;
        thread.start();
      }
    } finally {
      lock.unlock();
    }
  }

  /** There may be something to do. */
  void call() {
    lock.lock();
    try {
      isCalled = true;
      called.signalAll();
    } finally {
      lock.unlock();
    }
  }

  int running() {
    return running.size();
  }

  int bound() {
    return limits.running();
  }

  Optional<RunProgress> progress(String taskId) {
    return Optional.ofNullable(running.get(taskId)).flatMap(Running::progress);
  }

  /** How a task got on that this process runs, or ran last. */
  Pace pace(String taskId) {
    Running task = running.get(taskId);
    return task == null ? PaceLog.pace(recent.of(taskId)) : task.pace();
  }

  private void work() {
    while (!closing) {
      try {
        boolean isFull = running.size() >= limits.running();
        if (isFull || !beginNext()) {
          waitForCall(isFull ? null : POLL);
        }
      } catch (InterruptedException e) {
        return;
      } catch (Throwable e) {
        // Without this thread nothing would ever be taken again, and nobody would know.
        pause(e);
      }
    }
  }

  /** A database that is away is told once, and asked once a second. */
  private void pause(Throwable fault) {
    boolean isKnown = isAway;
    isAway = true;
    try {
      if (fault instanceof Error) {
        LOG.error("No task could be taken, trying again", fault);
      } else if (!isKnown) {
        LOG.warn("The queue cannot be read, trying again: {}", fault.getMessage());
      }
      TimeUnit.NANOSECONDS.sleep(POLL.toNanos());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Error e) {
      // Not even memory to tell it: the next try may have it.
    }
  }

  private void waitForCall(@Nullable Duration most) throws InterruptedException {
    lock.lock();
    try {
      long left = most == null ? Long.MAX_VALUE : most.toNanos();
      while (!isCalled && !closing && left > 0) {
        left = called.awaitNanos(left);
      }
      isCalled = false;
    } finally {
      lock.unlock();
    }
  }

  private boolean beginNext() {
    List<Candidate> all = queue.candidates();
    if (isAway) {
      isAway = false;
      LOG.info("The queue can be read again");
    }
    cleanUpSometimes();
    Instant now = Instant.now();
    List<Candidate> next =
        Turns.order(all, c -> !running.containsKey(c.taskId()) && tasks.isFree(c, now), now);
    if (next.isEmpty() || isMissingSomething()) {
      return false;
    }
    for (Candidate candidate : next) {
      Optional<QueuedTasks.Taken> taken = tasks.take(candidate);
      if (taken.isPresent()) {
        begin(taken.get());
        return true;
      }
    }
    return false;
  }

  /** What is away is told once; others who have it take the tasks meanwhile. */
  private boolean isMissingSomething() {
    Optional<String> away = tasks.whatIsAway();
    if (!away.equals(missing)) {
      away.ifPresentOrElse(
          what -> LOG.warn("No task is taken here until {} is back", what),
          () -> LOG.info("Tasks are taken again: all is back"));
      missing = away;
    }
    return away.isPresent();
  }

  private void cleanUpSometimes() {
    if (System.nanoTime() - cleanedAt >= CLEAN_UP.toNanos()) {
      cleanedAt = System.nanoTime();
      Thread.ofPlatform().name("admix-clean-up").daemon().start(tasks::cleanUp);
    }
  }

  private void begin(QueuedTasks.Taken taken) {
    Running task = new Running(taken, recent.of(taken.task().id()), this::run);
    running.put(task.taskId(), task);
    if (closing) {
      task.stop().request();
    }
    try {
      task.start();
    } catch (RuntimeException | Error e) {
      running.remove(task.taskId());
      taken.giveBack();
      throw e;
    }
    ear.changed(task.taskId());
  }

  private void run(Running task) {
    String id = task.taskId();
    MDC.put(LOG_TASK, id);
    LOG.info(
        "Task {} ({}) of {} begins",
        id,
        Printable.of(task.taken().task().taskName()),
        Printable.of(task.taken().task().owner()));
    try {
      task.taken()
          .run(
              progress -> {
                task.progress(progress);
                ear.progress(id, progress);
              },
              task.stop());
      LOG.info("Task {} is published", id);
      task.taken().keepPace(task.paceText());
    } catch (Exception e) {
      // Names that callers chose are in it, and must not make lines of their own.
      LOG.info("Task {} ends: {}", id, Printable.of(String.valueOf(e.getMessage())));
    } catch (Error e) {
      LOG.error("Task {} ends, and is taken again: {}", id, e.toString(), e);
    } finally {
      recent.keep(id, task.paceText());
      running.remove(id);
      MDC.remove(LOG_TASK);
      call();
      ear.changed(id);
    }
  }

  /** Stops what runs and waits for it as long as it may. */
  @Override
  public void close() {
    closing = true;
    call();
    running.values().forEach(task -> task.stop().request());
    long deadline = System.nanoTime() + limits.grace().toNanos();
    try {
      if (isStarted) {
        thread.join(Duration.ofNanos(Math.max(1, deadline - System.nanoTime())));
      }
      // One may have begun while this one closed.
      for (Running task : List.copyOf(running.values())) {
        task.stop().request();
        if (!task.join(Duration.ofNanos(Math.max(1, deadline - System.nanoTime())))) {
          LOG.warn(
              "Task {} did not stop in {} s; the next server takes it over when this process has ended",
              task.taskId(),
              limits.grace().toSeconds());
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
