package io.admix.engine.pace;

import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Makes windows out of counters that are read many times a second: a window is half a second or
 * more, and has so much work in it that it tells something. Used by one thread.
 */
public final class Sampler {
  private static final long WINDOW_NS = TimeUnit.MILLISECONDS.toNanos(500);

  /** With hardly any work in it a window ends all the same. */
  private static final long WINDOW_NS_MOST = TimeUnit.SECONDS.toNanos(5);

  private static final long FILES_LEAST = 500;

  /** Counters of copies move by this much at a time, for each worker. */
  private static final long BYTES_LEAST_PER_WORKER = 32L << 20;

  /** Opening, creating and closing a file take as long as copying so many bytes of it. */
  private static final long BYTES_PER_FILE = 1 << 16;

  private static final double BUSY = 0.85;

  private final int cpus;
  private Sample begin;
  private int most = Integer.MAX_VALUE;
  private int samples;
  private int heldBack;

  /**
   * Counters at one moment; all but the last two only grow.
   *
   * @param nanos of any clock that does not go back
   * @param cpuNanos processor time of the process
   * @param usable workers that can find work
   * @param isHeldBack whether the workers wait for something else than the file system
   */
  public record Sample(
      long nanos,
      long files,
      long copiedBytes,
      long backOffs,
      long cpuNanos,
      int usable,
      boolean isHeldBack) {}

  public Sampler(Sample first, int cpus) {
    this.begin = first;
    this.cpus = cpus;
  }

  /** Forgets what was seen: the number of workers has changed. */
  public void restart(Sample now) {
    begin = now;
    most = Integer.MAX_VALUE;
    samples = 0;
    heldBack = 0;
  }

  /** Takes in a sample; gives the window that it ends, if it ends one. */
  public Optional<Window> add(Sample now, int workers) {
    most = Math.min(most, now.usable());
    samples++;
    heldBack += now.isHeldBack() ? 1 : 0;
    long took = now.nanos() - begin.nanos();
    long files = now.files() - begin.files();
    long bytes = now.copiedBytes() - begin.copiedBytes();
    boolean isTelling = files >= FILES_LEAST || bytes >= BYTES_LEAST_PER_WORKER * workers;
    boolean isRefused = now.backOffs() > begin.backOffs();
    if (took < WINDOW_NS || !isTelling && !isRefused && took < WINDOW_NS_MOST) {
      return Optional.empty();
    }
    Window window = window(now, took / 1e9, files, bytes, workers);
    restart(now);
    return Optional.of(window);
  }

  private Window window(Sample now, double seconds, long files, long bytes, int workers) {
    return new Window(
        (files * BYTES_PER_FILE + bytes) / seconds,
        now.backOffs() - begin.backOffs(),
        Math.max(1, most),
        files == 0 ? 0 : seconds * workers / files,
        (now.cpuNanos() - begin.cpuNanos()) / 1e9 >= BUSY * seconds * cpus,
        heldBack * 2 > samples);
  }
}
