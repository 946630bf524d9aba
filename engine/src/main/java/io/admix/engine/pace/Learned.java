package io.admix.engine.pace;

/**
 * Where a search for the best number of workers stands, to go on from.
 *
 * @param workers the best number so far
 * @param worseBelow the highest number below it that was found to be slower, or 0
 * @param worseAbove the lowest number above it that was found to gain nothing, or {@link #UNKNOWN}
 * @param isSettled whether the search had ended
 */
public record Learned(int workers, int worseBelow, int worseAbove, boolean isSettled) {
  /** No number above is known to gain nothing. */
  public static final int UNKNOWN = Integer.MAX_VALUE;

  /** Nothing is known but a number to begin with. */
  public static Learned startAt(int workers) {
    return new Learned(workers, 0, UNKNOWN, false);
  }
}
