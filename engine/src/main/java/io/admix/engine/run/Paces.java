package io.admix.engine.run;

import io.admix.core.recipe.LinkMethod;
import io.admix.engine.report.MethodCount;
import io.admix.engine.report.RunReport;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * How fast each method was in mixes made lately: files and bytes over seconds of those that took
 * nearly one method only, and were large enough to tell.
 */
final class Paces {
  private static final double NEARLY = 0.95;
  private static final long FILES_LEAST = 500;

  /** Cautious, where nothing was made yet. */
  private static final double LINKS_PER_SECOND = 15_000;

  private static final double COPIES_PER_SECOND = 2_000;
  private static final double BYTES_PER_SECOND = 100e6;

  private final Map<LinkMethod, Sum> sums = new EnumMap<>(LinkMethod.class);

  private static final class Sum {
    private double files;
    private double bytes;
    private double seconds;
  }

  /** Learns from what was made. */
  static Paces of(List<RunReport> reports) {
    Paces paces = new Paces();
    reports.forEach(paces::add);
    return paces;
  }

  private void add(RunReport report) {
    long all = report.target().files();
    if (report.seconds() <= 0 || all < FILES_LEAST) {
      return;
    }
    report
        .methods()
        .forEach((method, count) -> {
          if (count.files() >= NEARLY * all) {
            Sum sum = sums.computeIfAbsent(method, m -> new Sum());
            sum.files += count.files();
            sum.bytes += count.bytes();
            sum.seconds += report.seconds();
          }
        });
  }

  /** Whether all these methods were seen at work. */
  boolean knows(Map<LinkMethod, MethodCount> methods) {
    return sums.keySet().containsAll(methods.keySet());
  }

  /** Seconds that so much takes; a copy by its files or its bytes, whichever takes longer. */
  double seconds(Map<LinkMethod, MethodCount> methods) {
    double seconds = 0;
    for (Map.Entry<LinkMethod, MethodCount> entry : methods.entrySet()) {
      seconds += seconds(entry.getKey(), entry.getValue());
    }
    return seconds;
  }

  private double seconds(LinkMethod method, MethodCount count) {
    Sum sum = sums.get(method);
    boolean isCopy = method == LinkMethod.COPY;
    double perSecond =
        sum != null ? sum.files / sum.seconds : isCopy ? COPIES_PER_SECOND : LINKS_PER_SECOND;
    double byFiles = count.files() / perSecond;
    if (!isCopy) {
      return byFiles;
    }
    double bytesPerSecond =
        sum == null || sum.bytes == 0 ? BYTES_PER_SECOND : sum.bytes / sum.seconds;
    return Math.max(byFiles, count.bytes() / bytesPerSecond);
  }
}
