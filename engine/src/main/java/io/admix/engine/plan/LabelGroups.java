package io.admix.engine.plan;

import io.admix.catalog.Dataset;
import io.admix.catalog.Datasets;
import io.admix.catalog.Datasets.Column;
import io.admix.catalog.FileRow;
import io.admix.catalog.Matching;
import io.admix.core.recipe.Filter;
import io.admix.core.recipe.LabelFilter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.IntStream;

/**
 * The files of a dataset by all their labels: whatever is asked of labels alone is answered by it,
 * without the rows. Immutable.
 */
final class LabelGroups {
  /** Different sets of labels that are held; most datasets have a few. */
  private static final int GROUPS_MOST = 10_000;

  /** Characters of all of them. */
  private static final int TEXT_MOST = 300_000;

  private final List<Group> groups;

  /** One label of a file. */
  private record Label(String name, String value) {}

  private record Group(List<Label> labels, long files, long bytes) {
    boolean passes(Filter filter) {
      LabelFilter label = filter.label();
      return label == null
          || labels.stream().anyMatch(each -> label.accepts(each.name, each.value));
    }
  }

  private LabelGroups(List<Group> groups) {
    this.groups = groups;
  }

  /** Whether a filter asks for nothing but labels. */
  static boolean answers(Filter filter) {
    return filter.tagged() == null
        && filter.modified() == null
        && filter.include().isEmpty()
        && filter.exclude().isEmpty();
  }

  /**
   * Reads the labels of all rows; empty where there are too many different ones, or a file has
   * several rows.
   */
  static Optional<LabelGroups> of(Datasets datasets, Dataset dataset) {
    Collecting collecting = new Collecting();
    try {
      datasets.scan(dataset, EnumSet.of(Column.TAGS), collecting::row);
    } catch (TooManyException e) {
      return Optional.empty();
    }
    List<Group> groups = new ArrayList<>();
    collecting.sums.forEach(
        (labels, sum) -> groups.add(new Group(List.copyOf(labels), sum.files, sum.bytes)));
    return Optional.of(new LabelGroups(List.copyOf(groups)));
  }

  /** As {@link FilterTally} counts. */
  FilterTally.Counted count(List<Filter> filters) {
    int count = filters.size();
    long[] files = new long[count];
    long[] bytes = new long[count];
    long[][] both = new long[count][count];
    for (Group group : groups) {
      int[] passing = IntStream.range(0, count).filter(i -> group.passes(filters.get(i))).toArray();
      for (int i : passing) {
        files[i] += group.files;
        bytes[i] += group.bytes;
        for (int j : passing) {
          both[i][j] += group.files;
        }
      }
    }
    List<Matching> each = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      each.add(new Matching(files[i], bytes[i]));
    }
    return new FilterTally.Counted(each, both);
  }

  /** Labels and values with the number of files, the most frequent first. */
  SequencedMap<String, SequencedMap<String, Long>> counted() {
    Map<Label, Long> files = new HashMap<>();
    for (Group group : groups) {
      group.labels.stream().distinct().forEach(l -> files.merge(l, group.files, Long::sum));
    }
    SequencedMap<String, SequencedMap<String, Long>> counted = new LinkedHashMap<>();
    files.entrySet().stream()
        .sorted(
            Map.Entry.<Label, Long>comparingByValue(Comparator.reverseOrder())
                .thenComparing(entry -> entry.getKey().name)
                .thenComparing(entry -> entry.getKey().value))
        .forEach(entry ->
            counted
                .computeIfAbsent(entry.getKey().name, name -> new LinkedHashMap<>())
                .put(entry.getKey().value, entry.getValue()));
    return counted;
  }

  /** Ends a scan that is of no use. */
  private static final class TooManyException extends RuntimeException {
    private static final long serialVersionUID = 1;

    TooManyException() {
      super("too many different labels", null, false, false);
    }
  }

  private static final class Sum {
    private long files;
    private long bytes;
  }

  private static final class Collecting {
    private final Map<List<Label>, Sum> sums = new HashMap<>();
    private String lastPath = "";
    private int text;

    void row(FileRow row) {
      String path = row.relativePath();
      if (path.equals(lastPath)) {
        throw new TooManyException();
      }
      lastPath = path;
      List<Label> labels = new ArrayList<>();
      row.anyLabel((name, value) -> !labels.add(new Label(name, value)));
      Sum sum = sums.computeIfAbsent(labels, this::begin);
      sum.files++;
      sum.bytes += row.size();
    }

    private Sum begin(List<Label> labels) {
      for (Label label : labels) {
        text += label.name.length() + label.value.length();
      }
      if (text > TEXT_MOST || sums.size() >= GROUPS_MOST) {
        throw new TooManyException();
      }
      return new Sum();
    }
  }
}
