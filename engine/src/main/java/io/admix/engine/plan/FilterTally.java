package io.admix.engine.plan;

import io.admix.catalog.Dataset;
import io.admix.catalog.Datasets;
import io.admix.catalog.Datasets.Column;
import io.admix.catalog.FileRow;
import io.admix.catalog.Matching;
import io.admix.core.recipe.Filter;
import io.admix.core.select.FilterMatcher;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Counts in one pass what filters let pass of a dataset, each by itself and every two together. As
 * when a plan is made, a file that has several rows passes when one of them does, and is counted
 * once. Used by one thread.
 */
final class FilterTally {
  private final FilterMatcher[] matchers;
  private final boolean[] passes;
  private final int[] passing;
  private final long[] sizes;
  private final long[] files;
  private final long[] bytes;
  private final long[][] both;
  private String lastPath = "";

  private FilterTally(List<Filter> filters, ZoneId zone) {
    int count = filters.size();
    this.matchers =
        filters.stream()
            .map(filter -> FilterMatcher.of(filter, zone))
            .toArray(FilterMatcher[]::new);
    this.passes = new boolean[count];
    this.passing = new int[count];
    this.sizes = new long[count];
    this.files = new long[count];
    this.bytes = new long[count];
    this.both = new long[count][count];
  }

  /** What was counted; all by place of the filter. Immutable. */
  static final class Counted {
    private final List<Matching> each;
    private final long[][] both;

    /**
     * @param both is the new object's from now on
     */
    Counted(List<Matching> each, long[][] both) {
      this.each = List.copyOf(each);
      this.both = both;
    }

    /** Of a single filter. */
    static Counted single(Matching matching) {
      return new Counted(List.of(matching), new long[][] {{matching.files()}});
    }

    Matching of(int filter) {
      return each.get(filter);
    }

    /** Files that pass both. */
    long both(int filter, int other) {
      return both[filter][other];
    }
  }

  /** Reads the dataset's rows once. */
  static Counted of(Datasets datasets, Dataset dataset, List<Filter> filters, ZoneId zone) {
    FilterTally tally = new FilterTally(filters, zone);
    datasets.scan(dataset, tally.columns(), tally::row);
    tally.endFile();
    return tally.counted();
  }

  private Set<Column> columns() {
    Set<Column> columns = EnumSet.noneOf(Column.class);
    for (FilterMatcher matcher : matchers) {
      addIf(columns, Column.TAGS, matcher.needsLabels());
      addIf(columns, Column.TAGGED_AT, matcher.needsTaggedAt());
      addIf(columns, Column.MODIFIED, matcher.needsModified());
    }
    return columns;
  }

  private static void addIf(Set<Column> columns, Column column, boolean isNeeded) {
    if (isNeeded) {
      columns.add(column);
    }
  }

  private void row(FileRow row) {
    String path = row.relativePath();
    if (!path.equals(lastPath)) {
      endFile();
      lastPath = path;
    }
    for (int i = 0; i < matchers.length; i++) {
      if (!passes[i] && matchers[i].matches(row)) {
        passes[i] = true;
        sizes[i] = row.size();
      }
    }
  }

  /** All rows of a file were seen. */
  private void endFile() {
    int count = 0;
    for (int i = 0; i < passes.length; i++) {
      if (passes[i]) {
        files[i]++;
        bytes[i] += sizes[i];
        passing[count++] = i;
      }
    }
    for (int a = 0; a < count; a++) {
      for (int b = 0; b < count; b++) {
        both[passing[a]][passing[b]]++;
      }
    }
    Arrays.fill(passes, false);
  }

  private Counted counted() {
    List<Matching> each = new ArrayList<>();
    for (int i = 0; i < files.length; i++) {
      each.add(new Matching(files[i], bytes[i]));
    }
    return new Counted(each, both);
  }
}
