package io.admix.engine.run;

import io.admix.engine.report.Phases;

/**
 * Measures where the time of one attempt goes: each moment belongs to the phase that ends next.
 * Used by the thread that runs the task.
 */
final class PhaseClock {
  private static final int READ = 0;
  private static final int PLAN = 1;
  private static final int PLACE = 2;
  private static final int MANIFEST = 3;
  private static final int SYNC = 4;
  private static final int PUBLISH = 5;

  private final long[] nanos = new long[PUBLISH + 1];
  private long recordNanos;
  private long last = System.nanoTime();

  void hasRead() {
    lap(READ);
  }

  void hasPlanned() {
    lap(PLAN);
  }

  /**
   * @param busyNanos of the recording thread
   */
  void hasPlaced(long busyNanos) {
    recordNanos = busyNanos;
    lap(PLACE);
  }

  void hasManifest() {
    lap(MANIFEST);
  }

  void hasSynced() {
    lap(SYNC);
  }

  void hasPublished() {
    lap(PUBLISH);
  }

  private void lap(int phase) {
    long now = System.nanoTime();
    nanos[phase] += now - last;
    last = now;
  }

  /** What was measured so far, to the millisecond. */
  Phases phases() {
    return new Phases(
        seconds(nanos[READ]),
        seconds(nanos[PLAN]),
        seconds(nanos[PLACE]),
        seconds(recordNanos),
        seconds(nanos[MANIFEST]),
        seconds(nanos[SYNC]),
        seconds(nanos[PUBLISH]));
  }

  private static double seconds(long nanos) {
    return Math.round(nanos / 1e6) / 1e3;
  }
}
