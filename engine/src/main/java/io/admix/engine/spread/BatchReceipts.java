package io.admix.engine.spread;

import io.admix.core.recipe.LinkMethod;
import io.admix.engine.parquet.Column;
import io.admix.engine.parquet.DamagedParquetException;
import io.admix.engine.parquet.ParquetReader;
import io.admix.engine.parquet.ParquetWriter;
import io.admix.engine.run.EntryResult;
import io.admix.files.FailureReason;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What became of the entries of a batch, as Parquet: one row for each entry, in the order of the
 * plan. {@code outcome} is the method by which it was placed, the reason of its failure, or UNUSED.
 */
final class BatchReceipts {
  private static final List<Column> COLUMNS =
      List.of(
          Column.number("run"),
          Column.text("outcome"),
          Column.number("inode").orNull(),
          Column.number("size").orNull(),
          Column.number("modified").orNull(),
          Column.text("detail").orNull());
  private static final Set<Integer> ALL = Set.of(0, 1, 2, 3, 4, 5);
  private static final String UNUSED = "UNUSED";

  private BatchReceipts() {}

  /** Results of one run. */
  record Run(long number, List<EntryResult> results) {}

  /** Writes receipts. */
  static final class Writer implements Closeable {
    private final ParquetWriter out;

    Writer(Path file) throws IOException {
      out = ParquetWriter.create(file, COLUMNS);
    }

    void add(long run, List<EntryResult> results) throws IOException {
      for (EntryResult result : results) {
        out.number(0, run);
        switch (result) {
          case EntryResult.Placed placed -> add(placed);
          case EntryResult.Failed failed -> addOther(failed.reason().name(), failed.detail());
          case EntryResult.Unused unused -> addOther(UNUSED, "");
        }
        out.endRow();
      }
    }

    private void add(EntryResult.Placed placed) {
      Rows.text(out, 1, placed.method().name());
      out.number(2, placed.inode());
      out.number(3, placed.size());
      out.number(4, placed.modifiedNs());
      out.none(5);
    }

    private void addOther(String outcome, String detail) {
      Rows.text(out, 1, outcome);
      out.none(2);
      out.none(3);
      out.none(4);
      Rows.text(out, 5, detail);
    }

    void finish() throws IOException {
      out.finish();
    }

    @Override
    public void close() throws IOException {
      out.close();
    }
  }

  /** Reads the receipts of runs, one after the other. */
  static final class Reader implements Closeable {
    private final ParquetReader in;
    private boolean isAt;

    Reader(Path file) throws IOException {
      in = ParquetReader.open(file, COLUMNS, ALL);
      isAt = in.advance();
    }

    /** The next run, or one without results at the end. */
    Run next() throws IOException {
      List<EntryResult> results = new ArrayList<>();
      long run = isAt ? in.number(0) : -1;
      while (isAt && in.number(0) == run) {
        results.add(result());
        isAt = in.advance();
      }
      return new Run(run, results);
    }

    private EntryResult result() throws DamagedParquetException {
      String outcome = Rows.text(in, 1);
      if (outcome.equals(UNUSED)) {
        return EntryResult.Unused.INSTANCE;
      }
      if (in.isNull(2)) {
        String detail = in.isNull(5) ? "" : Rows.text(in, 5);
        return new EntryResult.Failed(one(FailureReason.class, outcome), detail);
      }
      return new EntryResult.Placed(
          one(LinkMethod.class, outcome), in.number(2), in.number(3), in.number(4));
    }

    private static <E extends Enum<E>> E one(Class<E> kind, String word)
        throws DamagedParquetException {
      try {
        return Enum.valueOf(kind, word);
      } catch (IllegalArgumentException e) {
        throw new DamagedParquetException("it has an outcome of no known kind: " + word);
      }
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }
}
