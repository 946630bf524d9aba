package io.admix.engine.plan;

import io.admix.catalog.Datasets.Column;
import io.admix.catalog.FileRow;
import io.admix.core.select.FilterMatcher;
import io.admix.engine.plan.MatchedFile.Look;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes matched files of a dataset's rows, for all sources on it. Rows of one file are neighbours.
 * Used by one thread.
 */
final class RowMatcher {
  private final List<Member> members = new ArrayList<>();
  private final boolean isUnique;
  private final Taker taker;
  private String lastPath = "";
  private byte[] lastUtf8 = {};
  private long duplicates;

  /** Takes files; of one that has several rows, also what no source matches. */
  @FunctionalInterface
  interface Taker {
    void take(MatchedFile file) throws IOException;
  }

  /** A source of the group: its filter, and what it thinks of the present file. */
  private static final class Member {
    private final FilterMatcher matcher;
    private boolean isMatch;

    /** What it takes the file for, from the first row that matches; null while none does. */
    private @Nullable Look look;

    Member(PlanSourceInfo source, ZoneId zone) {
      this.matcher = FilterMatcher.of(source.spec().filter(), zone);
    }
  }

  /**
   * @param isUnique whether each file has one row
   */
  RowMatcher(List<PlanSourceInfo> group, ZoneId zone, boolean isUnique, Taker taker) {
    group.forEach(source -> members.add(new Member(source, zone)));
    this.isUnique = isUnique;
    this.taker = taker;
  }

  /** What must be read of each row beside path, size and id. */
  Set<Column> columns() {
    Set<Column> columns = EnumSet.noneOf(Column.class);
    for (Member member : members) {
      addIf(columns, Column.TAGS, member.matcher.needsLabels());
      addIf(columns, Column.TAGGED_AT, member.matcher.needsTaggedAt());
      addIf(columns, Column.MODIFIED, member.matcher.needsModified());
    }
    return columns;
  }

  private static void addIf(Set<Column> columns, Column column, boolean isNeeded) {
    if (isNeeded) {
      columns.add(column);
    }
  }

  /**
   * The next row.
   *
   * @throws UncheckedIOException when the taker fails
   */
  void row(FileRow row) {
    if (isUnique) {
      rowOfOne(row);
    } else {
      rowOfSeveral(row);
    }
  }

  private void rowOfOne(FileRow row) {
    boolean isMatch = false;
    for (Member member : members) {
      member.isMatch = member.matcher.matches(row);
      isMatch |= member.isMatch;
    }
    if (isMatch) {
      Look look = Look.ofRow(row.size(), row.idUtf8());
      @Nullable Look[] looks = new Look[members.size()];
      for (int i = 0; i < looks.length; i++) {
        looks[i] = members.get(i).isMatch ? look : null;
      }
      take(new MatchedFile(row.relativeUtf8(), looks));
    }
  }

  /**
   * A row of a dataset whose files may have several: a source matches a file when it matches any of
   * its rows, and counts it once.
   */
  private void rowOfSeveral(FileRow row) {
    String path = row.relativePath();
    if (path.equals(lastPath)) {
      duplicates++;
    } else {
      finish();
      lastPath = path;
      lastUtf8 = row.relativeUtf8();
    }
    for (Member member : members) {
      if (member.look == null && member.matcher.matches(row)) {
        member.look = Look.ofRow(row.size(), row.idUtf8());
      }
    }
  }

  /** All rows were shown. */
  void finish() {
    if (lastPath.isEmpty()) {
      return;
    }
    @Nullable Look[] looks = members.stream().map(member -> member.look).toArray(Look[]::new);
    take(new MatchedFile(lastUtf8, looks));
    members.forEach(member -> member.look = null);
    lastPath = "";
  }

  private void take(MatchedFile file) {
    try {
      taker.take(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Rows of files that had a row before. */
  long duplicates() {
    return duplicates;
  }

  /** Says what the rows of a dataset were like. */
  static void warnOfDuplicates(String dataset, long duplicates, Warnings warnings) {
    warnings.addIf(
        duplicates,
        "dataset `%s`: %d {row of a file that has another row, the file|rows of files that have another row, each file} counted once",
        dataset);
  }
}
