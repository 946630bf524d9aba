package io.admix.engine.run;

import io.admix.catalog.Tasks;
import io.admix.core.recipe.LinkMethod;
import io.admix.engine.report.FailureReport;
import io.admix.engine.report.MethodCount;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.BiFunction;

/**
 * What is recorded of a task so far, per source and method, with the first failures. Its size
 * depends on the sources only. Safe for use by many threads.
 */
final class Tally {
  static final int FAILURES_KEPT = 100;

  private static final LinkMethod[] METHODS = LinkMethod.values();

  private final long[] files;
  private final long[] bytes;
  private final long[] failed;
  private final EnumMap<LinkMethod, MethodCount> methods = new EnumMap<>(LinkMethod.class);
  private final List<FailureReport> failures = new ArrayList<>();
  private long failuresTotal;

  Tally(int sources) {
    files = new long[sources];
    bytes = new long[sources];
    failed = new long[sources];
  }

  /**
   * Adds a run that was recorded before; the text of its failures is read from the catalogue by who
   * needs it.
   */
  synchronized void add(ReceiptDetails details) {
    int at = 0;
    for (ReceiptDetails.Group group : details.groups()) {
      bytes[group.source()] += group.bytes();
      long unaccounted = group.bytes();
      for (EntryResult result : details.results().subList(at, at + group.entries())) {
        long size = sizeOf(result);
        unaccounted -= size;
        count(group.source(), result, size);
      }
      if (unaccounted != 0) {
        methods.computeIfPresent(LinkMethod.SYMLINK, add(unaccounted));
      }
      at += group.entries();
    }
  }

  /**
   * The entry of a symbolic link has the size of its text: what its file holds is the rest of the
   * group.
   */
  private static long sizeOf(EntryResult result) {
    return result instanceof EntryResult.Placed placed && placed.method() != LinkMethod.SYMLINK
        ? placed.size()
        : 0;
  }

  /** Adds a run that is recorded now. */
  synchronized void add(FinishedRun finished) {
    long[] placed = new long[METHODS.length];
    long[] placedBytes = new long[METHODS.length];
    for (int i = 0; i < finished.entries().size(); i++) {
      long size = finished.entries().get(i).size();
      int source = finished.entries().get(i).source();
      EntryResult result = finished.results().get(i);
      if (result instanceof EntryResult.Placed made) {
        files[source]++;
        bytes[source] += size;
        placed[made.method().ordinal()]++;
        placedBytes[made.method().ordinal()] += size;
      } else {
        count(source, result, size);
      }
    }
    for (LinkMethod method : METHODS) {
      int at = method.ordinal();
      if (placed[at] > 0) {
        add(method, placed[at], placedBytes[at]);
      }
    }
  }

  private void add(LinkMethod method, long count, long size) {
    methods.merge(method, new MethodCount(count, size), (a, b) -> a.plus(b.files(), b.bytes()));
  }

  private void count(int source, EntryResult result, long size) {
    switch (result) {
      case EntryResult.Placed placed -> {
        files[source]++;
        add(placed.method(), 1, size);
      }
      case EntryResult.Failed f -> {
        failed[source]++;
        failuresTotal++;
      }
      case EntryResult.Unused unused -> {}
    }
  }

  private static BiFunction<LinkMethod, MethodCount, MethodCount> add(long bytes) {
    return (method, count) -> count.plus(0, bytes);
  }

  /** Keeps the first failures that are recorded. */
  void keepFailuresOf(Tasks tasks, String taskId) {
    if (failuresTotal() > 0) {
      tasks.failures(
          taskId, f -> keep(new FailureReport(f.source(), f.path(), f.reason(), f.detail())));
    }
  }

  synchronized void keep(FailureReport failure) {
    if (failures.size() < FAILURES_KEPT) {
      failures.add(failure);
    }
  }

  synchronized long files(int source) {
    return files[source];
  }

  synchronized long bytes(int source) {
    return bytes[source];
  }

  /** Files of this source that could not be placed, reserves included. */
  synchronized long failed(int source) {
    return failed[source];
  }

  synchronized long files() {
    return sum(files);
  }

  synchronized long bytes() {
    return sum(bytes);
  }

  synchronized long failuresTotal() {
    return failuresTotal;
  }

  synchronized List<FailureReport> failures() {
    return List.copyOf(failures);
  }

  synchronized SequencedMap<LinkMethod, MethodCount> methods() {
    return new LinkedHashMap<>(methods);
  }

  private static long sum(long[] values) {
    long sum = 0;
    for (long value : values) {
      sum += value;
    }
    return sum;
  }
}
