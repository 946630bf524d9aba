package io.admix.engine.run;

import io.admix.catalog.Task;

/**
 * How far a task is; a new value about ten times a second.
 *
 * @param filesPerSecond since placing began in this process
 * @param workers placing just now
 * @param workersAllowed as many may place just now; 0 before and after placing
 * @param why that many; "" before and after placing
 */
public record RunProgress(
    Task.Phase phase,
    String step,
    long files,
    long filesTotal,
    long bytes,
    long bytesTotal,
    long failures,
    double filesPerSecond,
    int workers,
    int workersAllowed,
    String why) {

  /** Of a step in which nothing is placed. */
  public RunProgress(
      Task.Phase phase,
      String step,
      long files,
      long filesTotal,
      long bytes,
      long bytesTotal,
      long failures,
      double filesPerSecond,
      int workers) {
    this(
        phase,
        step,
        files,
        filesTotal,
        bytes,
        bytesTotal,
        failures,
        filesPerSecond,
        workers,
        workers,
        "");
  }

  /** Receives progress; called by one thread at a time, must be quick. */
  @FunctionalInterface
  public interface Listener {
    void progress(RunProgress progress);

    Listener SILENT = progress -> {};
  }
}
