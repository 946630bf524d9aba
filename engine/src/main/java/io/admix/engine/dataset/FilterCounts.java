package io.admix.engine.dataset;

import io.admix.catalog.Dataset;
import io.admix.catalog.Datasets;
import io.admix.catalog.Datasets.Column;
import io.admix.catalog.FileRow;
import io.admix.catalog.Matching;
import io.admix.core.recipe.Filter;
import io.admix.core.select.FilterMatcher;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Counts what filters let pass, all of them in one pass. A file with several rows is counted once,
 * with the first row that passes, as planning does.
 */
final class FilterCounts {
  private final List<Count> counts;
  private String lastPath = "";

  /** One filter and what it let pass so far. */
  private static final class Count {
    private final FilterMatcher matcher;
    private long files;
    private long bytes;
    private boolean isCounted;

    Count(FilterMatcher matcher) {
      this.matcher = matcher;
    }
  }

  FilterCounts(List<Filter> filters, ZoneId zone) {
    this.counts =
        filters.stream().map(filter -> new Count(FilterMatcher.of(filter, zone))).toList();
  }

  List<Matching> of(Datasets datasets, Dataset dataset) {
    datasets.scan(dataset, columns(), this::row);
    return counts.stream().map(count -> new Matching(count.files, count.bytes)).toList();
  }

  private Set<Column> columns() {
    Set<Column> columns = EnumSet.noneOf(Column.class);
    for (Count count : counts) {
      if (count.matcher.needsLabels()) {
        columns.add(Column.TAGS);
      }
      if (count.matcher.needsTaggedAt()) {
        columns.add(Column.TAGGED_AT);
      }
      if (count.matcher.needsModified()) {
        columns.add(Column.MODIFIED);
      }
    }
    return columns;
  }

  private void row(FileRow row) {
    String path = row.relativePath();
    boolean isOtherFile = !path.equals(lastPath);
    lastPath = path;
    for (Count count : counts) {
      count.isCounted &= !isOtherFile;
      if (!count.isCounted && count.matcher.matches(row)) {
        count.isCounted = true;
        count.files++;
        count.bytes += row.size();
      }
    }
  }
}
