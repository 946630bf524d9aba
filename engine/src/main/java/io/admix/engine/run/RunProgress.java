package io.admix.engine.run;

import io.admix.catalog.Task;

/**
 * How far a task is; a new value about ten times a second.
 *
 * @param filesPerSecond since placing began in this process
 * @param workers placing just now
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
    int workers) {

  /** Receives progress; called by one thread at a time, must be quick. */
  @FunctionalInterface
  public interface Listener {
    void progress(RunProgress progress);

    Listener SILENT = progress -> {};
  }
}
