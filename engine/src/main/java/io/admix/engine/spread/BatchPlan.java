package io.admix.engine.spread;

import io.admix.core.plan.PlanEntry;
import io.admix.engine.parquet.Column;
import io.admix.engine.parquet.ParquetReader;
import io.admix.engine.parquet.ParquetWriter;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The part of a plan that a batch places, as Parquet: entries in plan order, run by run. */
final class BatchPlan {
  private static final List<Column> COLUMNS =
      List.of(
          Column.number("run"),
          Column.number("source"),
          Column.text("source_folder"),
          Column.text("source_name"),
          Column.text("target_folder"),
          Column.text("target_name"),
          Column.number("size"),
          Column.number("inode"),
          Column.number("modified"),
          Column.text("row").orNull(),
          Column.text("real_path").orNull(),
          Column.text("etag").orNull());

  static final Set<Integer> ALL =
      IntStream.range(0, COLUMNS.size()).boxed().collect(Collectors.toUnmodifiableSet());

  private BatchPlan() {}

  /** Some entries of one run. */
  record Run(long number, List<PlanEntry> entries) {}

  /** Writes a part of a plan. */
  static final class Writer implements Closeable {
    private final ParquetWriter out;

    Writer(Path file) throws IOException {
      out = ParquetWriter.create(file, COLUMNS);
    }

    void add(long run, List<PlanEntry> entries) throws IOException {
      for (PlanEntry entry : entries) {
        out.number(0, run);
        out.number(1, entry.source());
        Rows.text(out, 2, entry.sourceFolder());
        Rows.text(out, 3, entry.sourceName());
        Rows.text(out, 4, entry.targetFolder());
        Rows.text(out, 5, entry.targetName());
        out.number(6, entry.size());
        out.number(7, entry.seen().inode());
        out.number(8, entry.seen().modifiedNs());
        Rows.text(out, 9, entry.rowId());
        Rows.text(out, 10, entry.realPath());
        Rows.text(out, 11, entry.etag());
        out.endRow();
      }
    }

    void finish() throws IOException {
      out.finish();
    }

    @Override
    public void close() throws IOException {
      out.close();
    }
  }

  /** Reads the runs of a part of a plan, one after the other. */
  static final class Reader implements Closeable {
    private final ParquetReader in;
    private boolean isAt;

    Reader(Path file) throws IOException {
      in = ParquetReader.open(file, COLUMNS, ALL);
      isAt = in.advance();
    }

    /** The next run, or one without entries at the end. */
    Run next() throws IOException {
      List<PlanEntry> entries = new ArrayList<>();
      long run = isAt ? in.number(0) : -1;
      while (isAt && in.number(0) == run) {
        entries.add(entry());
        isAt = in.advance();
      }
      return new Run(run, entries);
    }

    private PlanEntry entry() {
      return new PlanEntry(
          (int) in.number(1),
          Rows.text(in, 2),
          Rows.text(in, 3),
          Rows.text(in, 4),
          Rows.text(in, 5),
          in.number(6),
          new PlanEntry.Seen(in.number(7), in.number(8)),
          Rows.textOrNull(in, 9),
          Rows.textOrNull(in, 10),
          Rows.textOrNull(in, 11));
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }
}
