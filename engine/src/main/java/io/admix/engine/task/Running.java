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
  private final QueuedTasks.Taken taken;
  private final StopSignal stop = new StopSignal();
  private final Thread thread;
  private volatile @Nullable RunProgress progress;

  Running(QueuedTasks.Taken taken, Consumer<Running> work) {
    this.taken = taken;
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
  }

  Optional<RunProgress> progress() {
    return Optional.ofNullable(progress);
  }
}
