package io.admix.engine.plan;

import io.admix.catalog.Dataset;
import io.admix.catalog.Datasets.Column;
import io.admix.catalog.FileRow;
import io.admix.core.select.FilterMatcher;
import io.admix.engine.place.ObjectFacts;
import io.admix.engine.place.Place;
import io.admix.engine.plan.MatchedFile.Look;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes matched files of a dataset's rows, for all sources on it. Rows of one file are neighbours.
 * Used by one thread.
 */
final class RowMatcher {
  private static final long NANOS_PER_MILLI = 1_000_000L;

  private final FactsMatcher matching;
  private final Rows kind;
  private final Taker taker;

  /** What each source takes the present file for, from the first row that matches. */
  private @Nullable Look[] looks;

  private String lastPath = "";
  private byte[] lastUtf8 = {};
  private long duplicates;

  /** What the rows of a dataset are. */
  enum Rows {
    /** One for each file. */
    ONE,
    /** A file may have several. */
    SEVERAL,
    /** One for each object, with what a listing told of it. */
    LISTED;

    static Rows of(Dataset dataset) {
      return switch (dataset.kind()) {
        case FOREIGN -> SEVERAL;
        case SCANNED -> Place.isAddress(dataset.path()) ? LISTED : ONE;
        // Rows of mixes carry over what their sources' rows hold, entity tags too: not those of
        // the mix.
        case MIXED, REMOVING -> ONE;
      };
    }
  }

  /** Takes files; of one that has several rows, also what no source matches. */
  @FunctionalInterface
  interface Taker {
    void take(MatchedFile file) throws IOException;
  }

  RowMatcher(List<PlanSourceInfo> group, ZoneId zone, Rows kind, Taker taker) {
    this.matching = new FactsMatcher(group, zone);
    this.kind = kind;
    this.taker = taker;
    this.looks = new Look[group.size()];
  }

  /** What must be read of each row beside path, size and id. */
  Set<Column> columns() {
    Set<Column> columns = EnumSet.noneOf(Column.class);
    for (FilterMatcher matcher : matching.matchers()) {
      addIf(columns, Column.TAGS, matcher.needsLabels());
      addIf(columns, Column.TAGGED_AT, matcher.needsTaggedAt());
      addIf(columns, Column.MODIFIED, kind == Rows.LISTED || matcher.needsModified());
      addIf(columns, Column.METADATA, kind == Rows.LISTED);
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
    if (kind == Rows.SEVERAL) {
      rowOfSeveral(row);
    } else if (matching.any(row)) {
      Look look = kind == Rows.LISTED ? objectLook(row) : Look.ofRow(row.size(), row.idUtf8());
      take(new MatchedFile(row.relativeUtf8(), matching.looks(look)));
    }
  }

  /** What the listing said that the row was made of; without that the object is looked at later. */
  private static Look objectLook(FileRow row) {
    Instant modified = row.modified();
    Optional<ObjectFacts> facts = ObjectFacts.read(row.metadata());
    if (facts.isEmpty() || modified == null) {
      return Look.ofRow(row.size(), row.idUtf8());
    }
    long modifiedNs = Math.multiplyExact(modified.toEpochMilli(), NANOS_PER_MILLI);
    return Look.ofObject(row.size(), modifiedNs, RowTail.of(row.id(), facts.get()));
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
    for (int i = 0; i < looks.length; i++) {
      if (looks[i] == null && matching.matchers().get(i).matches(row)) {
        looks[i] = Look.ofRow(row.size(), row.idUtf8());
      }
    }
  }

  /** All rows were shown. */
  void finish() {
    if (!lastPath.isEmpty()) {
      take(new MatchedFile(lastUtf8, looks));
      looks = new Look[looks.length];
      lastPath = "";
    }
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
