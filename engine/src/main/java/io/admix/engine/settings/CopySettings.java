package io.admix.engine.settings;

/**
 * The eight settings of the copy, {@code admix.copy.*}, validated by {@link Settings}.
 *
 * @param memoryPerTaskBytes assumed for one worker
 * @param fixedConcurrency workers when {@code dynamic} is off
 * @param batchSize rows after which a transaction of whole runs is committed
 * @param adaptive whether the number is an upper bound rather than the number of workers
 */
public record CopySettings(
    int minConcurrency,
    int maxConcurrency,
    double cpuFactor,
    long memoryPerTaskBytes,
    double memoryReserveRatio,
    boolean dynamic,
    int fixedConcurrency,
    int batchSize,
    boolean adaptive) {

  public static final CopySettings DEFAULTS =
      new CopySettings(8, 128, 4.0, 32L << 20, 0.2, true, 10, 2000, true);
}
