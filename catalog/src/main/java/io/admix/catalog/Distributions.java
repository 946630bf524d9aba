package io.admix.catalog;

import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Counts a dataset's files in one pass. Pairs of label and value beyond the first 50,000 different
 * ones, and those longer than a screen line, are counted only as others, so memory is bounded.
 */
final class Distributions {
  private static final int PAIRS_MAX = 50_000;
  private static final int KEPT_MAX = 1_000;
  private static final int TEXT_MAX = 200;

  private final ZoneId zone;
  private final Map<Pair, Long> pairs = new HashMap<>();
  private final TreeMap<LocalDate, Long> days = new TreeMap<>();
  private final TreeMap<YearMonth, Long> months = new TreeMap<>();
  private final long[] sizes = new long[Long.SIZE];
  private long others;
  private long unlabelled;
  private @Nullable Instant oldest;
  private @Nullable Instant newest;
  private String previous = "";

  Distributions(ZoneId zone) {
    this.zone = zone;
  }

  void add(FileRow row) {
    if (row.relativePath().equals(previous)) {
      return;
    }
    previous = row.relativePath();
    sizes[Long.SIZE - Long.numberOfLeadingZeros(Math.max(0, row.size()))]++;
    addLabels(row);
    Instant modified = row.modified();
    if (modified != null) {
      addDay(LocalDate.ofInstant(modified, zone));
      oldest = oldest == null || modified.isBefore(oldest) ? modified : oldest;
      newest = newest == null || modified.isAfter(newest) ? modified : newest;
    }
  }

  /** One day more than are kept tells at the end that there were too many. */
  private void addDay(LocalDate day) {
    months.merge(YearMonth.from(day), 1L, Long::sum);
    if (days.size() <= Distribution.DAYS_MAX) {
      days.merge(day, 1L, Long::sum);
    }
  }

  private void addLabels(FileRow row) {
    long[] seen = {0};
    row.anyLabel((label, value) -> {
      seen[0]++;
      Pair pair = new Pair(label, value);
      boolean isShort = label.length() <= TEXT_MAX && value.length() <= TEXT_MAX;
      if (isShort && (pairs.size() < PAIRS_MAX || pairs.containsKey(pair))) {
        pairs.merge(pair, 1L, Long::sum);
      } else {
        others++;
      }
      return false;
    });
    if (seen[0] == 0) {
      unlabelled++;
    }
  }

  Distribution result() {
    List<Map.Entry<Pair, Long>> byCount =
        pairs.entrySet().stream()
            .sorted(
                Map.Entry.<Pair, Long>comparingByValue(Comparator.reverseOrder())
                    .thenComparing(Map.Entry.comparingByKey()))
            .toList();
    SequencedMap<String, SequencedMap<String, Long>> labels = new LinkedHashMap<>();
    long rest = others;
    for (int i = 0; i < byCount.size(); i++) {
      Pair pair = byCount.get(i).getKey();
      long count = byCount.get(i).getValue();
      if (i < KEPT_MAX) {
        labels.computeIfAbsent(pair.label, label -> new LinkedHashMap<>()).put(pair.value, count);
      } else {
        rest += count;
      }
    }
    SequencedMap<String, Long> byDay =
        days.size() > Distribution.DAYS_MAX ? new LinkedHashMap<>() : texts(days);
    return new Distribution(labels, rest, unlabelled, sizes, byDay, texts(months), oldest, newest);
  }

  private static SequencedMap<String, Long> texts(SequencedMap<?, Long> counts) {
    SequencedMap<String, Long> texts = new LinkedHashMap<>();
    counts.forEach((time, count) -> texts.put(time.toString(), count));
    return texts;
  }

  private record Pair(String label, String value) implements Comparable<Pair> {
    @Override
    public int compareTo(Pair other) {
      int byLabel = label.compareTo(other.label);
      return byLabel != 0 ? byLabel : value.compareTo(other.value);
    }
  }
}
