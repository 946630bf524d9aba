package io.admix.engine.task;

import io.admix.engine.StopSignal;
import io.admix.engine.run.QueuedTasks;
import io.admix.engine.run.RunProgress;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A task that this process runs, on a thread of its own. */
final class Running {
  /** Points that outlive the run: as many as a plot can show. */
  private static final int PACE_POINTS = 150;

  private final QueuedTasks.Taken taken;
  private final StopSignal stop = new StopSignal();
  private final Thread thread;
  private final PaceLog pace;
  private volatile @Nullable RunProgress progress;

  /**
   * @param before how it got on until now, as {@link #paceText} gave it
   */
  Running(QueuedTasks.Taken taken, String before, Consumer<Running> work) {
    this.taken = taken;
    this.pace = PaceLog.after(before, System.nanoTime());
    this.thread =
        Thread.ofPlatform()
            .name("admix-task-" + taken.task().id())
            .unstarted(() -> work.accept(this));
  }

  QueuedTasks.Taken taken() {
    return taken;
  }

  String taskId() {
    return taken.task().id();
  }

  StopSignal stop() {
    return stop;
  }

  void start() {
    thread.start();
  }

  /** Waits until it has ended. */
  boolean join(Duration most) throws InterruptedException {
    return thread.join(most);
  }

  void progress(RunProgress now) {
    progress = now;
    pace.add(now, System.nanoTime());
  }

  Pace pace() {
    return pace.pace();
  }

  /** What outlives the run. */
  String paceText() {
    return pace.text(PACE_POINTS);
  }

  Optional<RunProgress> progress() {
    return Optional.ofNullable(progress);
  }
}
