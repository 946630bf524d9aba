package io.admix.engine.run;

import io.admix.catalog.Task;
import io.admix.catalog.Tasks;

/**
 * One acquired task while this process runs it.
 *
 * @param tasks waits for a database that is away for a moment
 * @param clock of this attempt
 */
record Running(
    Services services,
    Task task,
    Tasks.Lease lease,
    Halt halt,
    LeaseKeeper keeper,
    Tasks tasks,
    ProgressTeller progress,
    PhaseClock clock) {

  String id() {
    return task.id();
  }

  /** Throws when another runner may hold the task by now: nothing of it may be touched then. */
  void requireLease() {
    keeper.require();
    halt.reason()
        .filter(reason -> reason.kind() == Halt.Kind.LEASE_LOST)
        .ifPresent(reason -> {
          throw new HaltedException(reason);
        });
  }

  void crashPoint(CrashPoints.Point point) {
    services.crash().at(point);
  }
}
