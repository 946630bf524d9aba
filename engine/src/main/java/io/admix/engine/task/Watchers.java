package io.admix.engine.task;

import io.admix.catalog.Task;
import io.admix.catalog.TaskQueue;
import io.admix.catalog.TaskQueue.Pulse;
import io.admix.catalog.TaskQueue.StateEvent;
import io.admix.engine.run.RunProgress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Everybody who watches tasks in this process. One thread asks the catalogue for all of them: at
 * once when this process changed a task, else once a second, and not at all while nobody watches.
 * Progress of tasks that this process runs comes straight from their runs.
 */
final class Watchers implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Watchers.class);
  private static final Duration POLL = Duration.ofSeconds(1);

  private final TaskQueue queue;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition called = lock.newCondition();
  private final Map<String, Watched> watched = new HashMap<>();
  private boolean isCalled;
  private @Nullable Thread thread;
  private boolean isClosed;

  Watchers(TaskQueue queue) {
    this.queue = queue;
  }

  /** A listener hears of the task from now on. */
  Watch add(String taskId, long afterSeq, TaskListener listener) {
    Mailbox[] box = new Mailbox[1];
    box[0] = new Mailbox(afterSeq, listener, () -> remove(taskId, box[0]));
    lock.lock();
    try {
      if (isClosed) {
        box[0].end();
      } else {
        watched.computeIfAbsent(taskId, id -> new Watched()).boxes.add(box[0]);
        begin();
      }
      isCalled = true;
      called.signal();
    } finally {
      lock.unlock();
    }
    box[0].start(taskId);
    return box[0];
  }

  private void begin() {
    if (thread == null) {
      thread = Thread.ofPlatform().name("admix-watch").daemon().start(this::work);
    }
  }

  private void remove(String taskId, Mailbox box) {
    lock.lock();
    try {
      Watched one = watched.get(taskId);
      if (one != null && one.boxes.remove(box) && one.boxes.isEmpty()) {
        watched.remove(taskId);
      }
    } finally {
      lock.unlock();
    }
  }

  /** How far a task is that this process runs. */
  void progress(String taskId, RunProgress progress) {
    lock.lock();
    try {
      Watched one = watched.get(taskId);
      if (one == null) {
        return;
      }
      if (one.phase != progress.phase()) {
        one.phase = progress.phase();
        isCalled = true;
        called.signal();
      }
      one.offerLocal(TaskEvents.of(progress));
    } finally {
      lock.unlock();
    }
  }

  /** The state of a task has changed in the catalogue. */
  void changed(String taskId) {
    lock.lock();
    try {
      if (watched.containsKey(taskId)) {
        isCalled = true;
        called.signal();
      }
    } finally {
      lock.unlock();
    }
  }

  private void work() {
    boolean isAway = false;
    while (waitForCall()) {
      try {
        look(ids());
        isAway = false;
      } catch (Throwable e) {
        // Without this thread nobody would hear anything any more.
        tell(e, isAway);
        isAway = true;
      }
    }
  }

  private static void tell(Throwable fault, boolean isKnown) {
    try {
      if (fault instanceof Error) {
        LOG.error("Watched tasks could not be told about, trying again", fault);
      } else if (!isKnown) {
        LOG.warn("Watched tasks cannot be read, trying again: {}", fault.getMessage());
      }
    } catch (Error e) {
      // Not even memory to tell it: the next look may have it.
    }
  }

  /** Waits for a call, or a second while somebody watches; false at the end. */
  private boolean waitForCall() {
    lock.lock();
    try {
      long left = POLL.toNanos();
      while (!isClosed && !isCalled && (left > 0 || watched.isEmpty())) {
        if (watched.isEmpty()) {
          called.await();
        } else {
          left = called.awaitNanos(left);
        }
      }
      isCalled = false;
      return !isClosed;
    } catch (InterruptedException e) {
      return false;
    } finally {
      lock.unlock();
    }
  }

  private List<String> ids() {
    lock.lock();
    try {
      return List.copyOf(watched.keySet());
    } finally {
      lock.unlock();
    }
  }

  private void look(List<String> ids) {
    Map<String, Pulse> pulses = new HashMap<>();
    queue.pulses(ids).forEach(pulse -> pulses.put(pulse.taskId(), pulse));
    for (String id : ids) {
      Pulse pulse = pulses.get(id);
      List<Mailbox> boxes = boxes(id);
      if (pulse == null) {
        boxes.forEach(Mailbox::end);
      } else {
        tellStates(pulse, boxes);
        tellProgress(pulse);
      }
    }
  }

  private List<Mailbox> boxes(String taskId) {
    lock.lock();
    try {
      Watched one = watched.get(taskId);
      return one == null ? List.of() : List.copyOf(one.boxes);
    } finally {
      lock.unlock();
    }
  }

  private void tellStates(Pulse pulse, List<Mailbox> boxes) {
    long last = 0;
    long known = boxes.stream().mapToLong(Mailbox::offered).min().orElse(Long.MAX_VALUE);
    if (known < pulse.lastSeq()) {
      List<StateEvent> events = queue.events(pulse.taskId(), known);
      for (int i = 0; i < events.size(); i++) {
        StateEvent event = events.get(i);
        last = event.seq();
        boolean isOver = i == events.size() - 1 && isOver(event.status());
        boxes.forEach(box -> box.state(TaskEvents.of(event), isOver));
      }
    }
    // Somebody may have resumed it since it was looked at.
    if (pulse.isOver() && last <= pulse.lastSeq()) {
      boxes.forEach(Mailbox::end);
    }
  }

  private static boolean isOver(Task.Status status) {
    return status.isFinal() || status == Task.Status.FAILED;
  }

  private void tellProgress(Pulse pulse) {
    lock.lock();
    try {
      Watched one = watched.get(pulse.taskId());
      if (one != null && pulse.status() == Task.Status.RUNNING) {
        one.offerRemote(pulse);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Every listener is told that it ended. */
  @Override
  public void close() {
    List<Mailbox> all = new ArrayList<>();
    @Nullable Thread working;
    lock.lock();
    try {
      isClosed = true;
      called.signal();
      working = thread;
      watched.values().forEach(one -> all.addAll(one.boxes));
    } finally {
      lock.unlock();
    }
    all.forEach(Mailbox::end);
    try {
      if (working != null) {
        working.join(TimeUnit.SECONDS.toMillis(5));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** One task that somebody watches; guarded by the lock. */
  private static final class Watched {
    private static final long PAUSE_NS = TimeUnit.MILLISECONDS.toNanos(200);
    private static final long LOCAL_NS = TimeUnit.SECONDS.toNanos(2);

    private final List<Mailbox> boxes = new ArrayList<>();
    private Task.@Nullable Phase phase;
    private long toldAt = System.nanoTime() - PAUSE_NS;
    private long localAt = System.nanoTime() - LOCAL_NS;
    private @Nullable Pulse before;
    private long beforeAt;

    void offerLocal(TaskEvent event) {
      long now = System.nanoTime();
      localAt = now;
      if (now - toldAt >= PAUSE_NS) {
        toldAt = now;
        boxes.forEach(box -> box.progress(event));
      }
    }

    /** What the run tells itself is newer and says more. */
    void offerRemote(Pulse pulse) {
      long now = System.nanoTime();
      Pulse last = before;
      if (now - localAt < LOCAL_NS || last != null && last.files() == pulse.files()) {
        return;
      }
      double seconds = (now - beforeAt) / 1e9;
      double rate = last == null ? 0 : Math.max(0, pulse.files() - last.files()) / seconds;
      before = pulse;
      beforeAt = now;
      if (now - toldAt >= PAUSE_NS) {
        toldAt = now;
        boxes.forEach(box -> box.progress(TaskEvents.of(pulse, rate)));
      }
    }
  }
}
