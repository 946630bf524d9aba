package io.admix.engine.task;

import io.admix.catalog.Task;
import io.admix.catalog.TaskQueue.Pulse;
import io.admix.catalog.TaskQueue.StateEvent;
import io.admix.engine.run.RunProgress;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Makes events out of what the catalogue and a run tell. */
final class TaskEvents {
  private TaskEvents() {}

  static TaskEvent of(StateEvent e) {
    return new TaskEvent(
        e.seq(),
        e.at(),
        TaskEvent.Kind.STATE,
        e.status(),
        e.phase(),
        e.files(),
        e.entries(),
        e.bytes(),
        0,
        0,
        0,
        0,
        0,
        "",
        null,
        e.message());
  }

  /** Of a task that this process runs. */
  static TaskEvent of(RunProgress p) {
    return new TaskEvent(
        0,
        Instant.now(),
        TaskEvent.Kind.PROGRESS,
        Task.Status.RUNNING,
        p.phase(),
        p.files(),
        p.filesTotal(),
        p.bytes(),
        p.bytesTotal(),
        p.failures(),
        p.filesPerSecond(),
        p.workers(),
        p.workersAllowed(),
        p.why(),
        p.phase() == Task.Phase.PLACING
            ? eta(p.filesTotal() - p.files() - p.failures(), p.filesPerSecond())
            : null,
        p.step());
  }

  /** Of a task that another process runs. */
  static TaskEvent of(Pulse pulse, double filesPerSecond) {
    return new TaskEvent(
        0,
        Instant.now(),
        TaskEvent.Kind.PROGRESS,
        pulse.status(),
        pulse.phase(),
        pulse.files(),
        pulse.entries(),
        pulse.bytes(),
        0,
        0,
        filesPerSecond,
        0,
        0,
        "",
        pulse.phase() == Task.Phase.PLACING
            ? eta(pulse.entries() - pulse.files(), filesPerSecond)
            : null,
        null);
  }

  private static @Nullable Long eta(long filesLeft, double filesPerSecond) {
    return filesPerSecond > 0
        ? (Long) (long) Math.ceil(Math.max(0, filesLeft) / filesPerSecond)
        : null;
  }

  static TaskEvent withSeq(TaskEvent e, long seq) {
    return new TaskEvent(
        seq,
        e.at(),
        e.kind(),
        e.status(),
        e.phase(),
        e.files(),
        e.filesTotal(),
        e.bytes(),
        e.bytesTotal(),
        e.failures(),
        e.filesPerSecond(),
        e.workers(),
        e.workersAllowed(),
        e.pace(),
        e.etaSeconds(),
        e.message());
  }
}
