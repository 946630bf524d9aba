package io.admix.engine.task;

import java.util.List;

/**
 * How a task got on over time, thinned out: few samples, however long it took.
 *
 * @param samples in order of time; empty when nothing was kept
 */
public record Pace(List<Sample> samples) {
  /** Nothing is known. */
  public static final Pace NONE = new Pace(List.of());

  public Pace {
    samples = List.copyOf(samples);
  }

  /**
   * One moment.
   *
   * @param seconds for which the task had been run until then; pauses between two runs do not count
   * @param files placed and recorded until then
   * @param filesPerSecond since the sample before
   * @param workers placing just then
   * @param workersAllowed as many might have placed just then
   */
  public record Sample(
      double seconds,
      long files,
      long bytes,
      double filesPerSecond,
      int workers,
      int workersAllowed) {}
}
