package io.admix.files.linux;

import io.admix.files.CopyProgress;

/**
 * How many bytes of one file are asked for at a time: twice as many as long as a call takes a
 * moment, since where blocks are shared, or a server copies by itself, each call costs a way there
 * and back whatever its size; fewer again when it takes so long that nobody sees it go on.
 */
final class Pieces {
  private static final long MOST = 1L << 30;
  private static final long MOMENT_NS = 50_000_000;
  private static final long LONG_NS = 200_000_000;

  private long size = CopyProgress.STEP;

  /** Bytes to ask for next. */
  long size() {
    return size;
  }

  /** A call for {@link #size} bytes took so long. */
  void took(long nanos) {
    if (nanos < MOMENT_NS) {
      size = Math.min(MOST, size * 2);
    } else if (nanos > LONG_NS) {
      size = Math.max(CopyProgress.STEP, size / 2);
    }
  }
}
