package io.admix.engine.settings;

/**
 * How many workers place files at most, and why.
 *
 * @param workers at least 1
 * @param reasons one sentence for logs, reports and pages
 */
public record Concurrency(int workers, String reasons) {

  /**
   * The reference system's formula, {@code max(min, min(max, min(int(cpus * factor), int(available
   * * (1 - reserve) / perTask))))}, with one mend: the memory bound wins over the minimum, since a
   * minimum that does not fit ends in the kernel's OOM killer. Never below 1.
   */
  public static Concurrency of(CopySettings settings, Resources resources) {
    if (!settings.dynamic()) {
      int fixed = Math.max(1, settings.fixedConcurrency());
      return new Concurrency(
          fixed,
          "%d workers: fixed by admix.copy.fixed-concurrency (%s)"
              .formatted(fixed, resources.inWords()));
    }
    long byCpu = (long) (resources.cpus() * settings.cpuFactor());
    long usable = (long) (resources.memoryBytes() * (1 - settings.memoryReserveRatio()));
    long byMemory = usable / Math.max(1, settings.memoryPerTaskBytes());
    long wanted =
        Math.max(
            settings.minConcurrency(),
            Math.min(settings.maxConcurrency(), Math.min(byCpu, byMemory)));
    int workers = (int) Math.max(1, Math.min(wanted, byMemory));
    String reasons =
        "%d workers at most: cpus allow %d (%d x %s), memory allows %d (%,d MB less %.0f %% at %,d MB each), %s (%s)"
            .formatted(
                workers,
                byCpu,
                resources.cpus(),
                settings.cpuFactor(),
                byMemory,
                resources.memoryBytes() >> 20,
                settings.memoryReserveRatio() * 100,
                settings.memoryPerTaskBytes() >> 20,
                bound(settings, workers, byCpu, byMemory),
                resources.memorySource());
    return new Concurrency(workers, reasons);
  }

  /**
   * Where a store of objects is asked: it is waited for, so that the number of processors does not
   * matter, nor what a copy on a disk takes of memory.
   *
   * @param connections to the store, at least 1
   */
  public static Concurrency ofObjects(CopySettings settings, int connections, Resources resources) {
    if (!settings.dynamic()) {
      return of(settings, resources);
    }
    int workers = Math.max(1, Math.min(settings.maxConcurrency(), connections));
    return new Concurrency(
        workers,
        "%d workers at most: %s (admix.copy.max-concurrency %d, admix.s3.connections %d)"
            .formatted(
                workers,
                workers == connections ? "the connections decide" : "the maximum decides",
                settings.maxConcurrency(),
                connections));
  }

  private static String bound(CopySettings settings, int workers, long byCpu, long byMemory) {
    if (workers == byMemory || byMemory < 1) {
      return "memory decides";
    }
    if (workers == byCpu) {
      return "cpus decide";
    }
    return workers == settings.minConcurrency() ? "the minimum decides" : "the maximum decides";
  }
}
