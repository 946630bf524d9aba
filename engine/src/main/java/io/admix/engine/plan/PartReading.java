package io.admix.engine.plan;

import io.admix.catalog.FileRow;
import io.admix.core.name.Printable;
import io.admix.core.select.RankHistogram;
import io.admix.engine.export.DamagedExportException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One reading of a part: its rows are matched and ranked for all sources on its dataset, and what
 * may be chosen is handed on. Used by one thread.
 */
final class PartReading {
  private final RowMatcher rows;
  private final @Nullable List<RankHistogram> histograms;
  private long count;
  private long ranks;
  private byte[] first = {};
  private byte[] last = {};
  private @Nullable String problem;

  /** Takes candidates of one source. */
  @FunctionalInterface
  interface Keeper {
    void keep(int source, Candidate candidate);
  }

  /**
   * @param bits of histograms, or 0 where none are wanted
   * @param bounds per source of the recipe the highest rank that is handed on
   */
  PartReading(PartScope.Opened scope, int bits, long[] bounds, Keeper keeper) {
    Spooling spooling = new Spooling();
    this.histograms = bits == 0 ? null : new ArrayList<>();
    for (PlanSourceInfo source : scope.group()) {
      @Nullable RankHistogram histogram = bits == 0 ? null : new RankHistogram(bits);
      if (histograms != null && histogram != null) {
        histograms.add(histogram);
      }
      spooling.addSource(
          source,
          new Sink(source.index(), bounds[source.index()], histogram, keeper),
          scope.seed());
    }
    this.rows = new RowMatcher(scope.group(), scope.zone(), scope.kind(), spooling::add);
  }

  private final class Sink implements CandidateSink {
    private final int source;
    private final long bound;
    private final @Nullable RankHistogram histogram;
    private final Keeper keeper;

    Sink(int source, long bound, @Nullable RankHistogram histogram, Keeper keeper) {
      this.source = source;
      this.bound = bound;
      this.histogram = histogram;
      this.keeper = keeper;
    }

    @Override
    public boolean offer(long rank) {
      ranks += rank;
      if (histogram != null) {
        histogram.add(rank);
      }
      return Long.compareUnsigned(rank, bound) <= 0;
    }

    @Override
    public void add(Candidate candidate) throws IOException {
      keeper.keep(source, candidate);
    }
  }

  private void row(FileRow row) {
    byte[] path = row.relativeUtf8();
    if (count++ == 0) {
      first = path;
    } else if (problem == null && compare(last, path) > 0) {
      problem =
          "its rows are not in order: `%s` stands before `%s`".formatted(text(last), text(path));
    }
    last = path;
    rows.row(row);
  }

  /** Reads one row more; false when there is none, or the part is not as it was written. */
  boolean advance(Iterator<FileRow> all) {
    try {
      if (all.hasNext()) {
        row(all.next());
        return true;
      }
    } catch (UncheckedIOException e) {
      if (!(e.getCause() instanceof DamagedExportException)) {
        throw e;
      }
      problem = e.getCause().getMessage();
    }
    finish();
    return false;
  }

  private void finish() {
    rows.finish();
  }

  PartSeen seen() {
    return new PartSeen(
        count,
        rows.duplicates(),
        ranks,
        first,
        last,
        histograms == null
            ? new ArrayList<>()
            : new ArrayList<>(histograms.stream().map(RankHistogram::packed).toList()),
        problem);
  }

  /** In the order of folders, then of base names. */
  static int compare(byte[] a, byte[] b) {
    int nameA = nameAt(a);
    int nameB = nameAt(b);
    int order = Arrays.compareUnsigned(a, 0, folder(nameA), b, 0, folder(nameB));
    return order != 0 ? order : Arrays.compareUnsigned(a, nameA, a.length, b, nameB, b.length);
  }

  private static int folder(int nameAt) {
    return Math.max(0, nameAt - 1);
  }

  private static int nameAt(byte[] path) {
    int at = path.length;
    while (at > 0 && path[at - 1] != '/') {
      at--;
    }
    return at;
  }

  static String text(byte[] path) {
    return Printable.of(new String(path, StandardCharsets.UTF_8));
  }
}
