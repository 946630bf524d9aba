package io.admix.engine.plan;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Finds one run after the other: reads its first line and passes over its entries, counting them.
 * Used by one thread.
 */
final class RunIndex {
  private final PlanScan scan;
  private final int sources;
  private final LineSink sink;
  private final PlanText text = new PlanText();
  private long number;
  private boolean isCountingBytes;

  /** Sees the bytes of every line that is passed over. */
  @FunctionalInterface
  interface LineSink {
    void line(byte[] bytes, int from, int to);

    LineSink NONE = (bytes, from, to) -> {};
  }

  RunIndex(PlanScan scan, int sources) {
    this(scan, sources, LineSink.NONE);
  }

  RunIndex(PlanScan scan, int sources, LineSink sink) {
    this.scan = scan;
    this.sources = sources;
    this.sink = sink;
  }

  /** The same, with the bytes of each run's files. */
  RunIndex countingBytes() {
    isCountingBytes = true;
    return this;
  }

  /** The next run, or null where the totals begin, at which the scan then stands. */
  @Nullable PlanRun next() throws IOException, InvalidPlanException {
    if (!scan.advance()) {
      throw new InvalidPlanException("it ends within its runs");
    }
    text.over(scan.array(), scan.from(), scan.to());
    if (text.take("{\"run\":")) {
      return mainRun();
    }
    return text.take("{\"reserves\":") ? reserves() : null;
  }

  private PlanRun mainRun() throws IOException, InvalidPlanException {
    long written = text.number();
    text.expect(",\"folder\":");
    String folder = text.string();
    RunParser.checkFolder(folder);
    int entries = entries();
    if (written != number) {
      throw new InvalidPlanException("run " + number + " is numbered " + written);
    }
    return passOver(-1, folder, entries);
  }

  private PlanRun reserves() throws IOException, InvalidPlanException {
    int source = text.smallNumber();
    if (source >= sources) {
      throw new InvalidPlanException("there is no source " + source);
    }
    return passOver(source, "", entries());
  }

  private int entries() throws InvalidPlanException {
    text.expect(",\"entries\":");
    int entries = text.smallNumber();
    text.expect("}\n");
    if (entries < 1 || entries > PlanLines.RUN_ENTRIES_MAX) {
      throw new InvalidPlanException("a run has " + entries + " entries");
    }
    sink.line(scan.array(), scan.from(), scan.to());
    return entries;
  }

  private PlanRun passOver(int reserveOf, String folder, int entries)
      throws IOException, InvalidPlanException {
    long offset = scan.position() + scan.length();
    long length = 0;
    long bytes = 0;
    int seen = 0;
    while (seen < entries) {
      if (!scan.advance()) {
        throw new InvalidPlanException("it ends within run " + number);
      }
      if (scan.first() == '[') {
        seen++;
        bytes += isCountingBytes ? size(scan.array(), scan.from(), scan.to()) : 0;
      }
      length += scan.length();
      if (length > PlanLines.RUN_BYTES_MAX) {
        throw new InvalidPlanException("run " + number + " is larger than any that Admix writes");
      }
      sink.line(scan.array(), scan.from(), scan.to());
    }
    return new PlanRun(
        number++, reserveOf, folder, entries, offset, Math.toIntExact(length), bytes);
  }

  /**
   * The number after the name of an entry's line; 0 where there is none, which whoever parses the
   * line tells.
   */
  private static long size(byte[] line, int from, int to) {
    int at = from + 2;
    while (at < to && line[at] != '"') {
      at += line[at] == '\\' ? 2 : 1;
    }
    long size = 0;
    for (at += 2; at < to && line[at] >= '0' && line[at] <= '9'; at++) {
      size = size * 10 + line[at] - '0';
    }
    return Math.max(0, size);
  }
}
