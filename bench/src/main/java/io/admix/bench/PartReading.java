package io.admix.bench;

import io.admix.catalog.Datasets.Column;
import io.admix.catalog.FileRow;
import io.admix.core.select.RankHistogram;
import io.admix.core.select.Ranker;
import io.admix.engine.export.CatalogExport;
import io.admix.engine.export.ExportedDataset;
import io.admix.engine.export.PartReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.ToLongFunction;

/**
 * What one thread makes of the first part of each dataset of an export, in rows a second: {@code
 * PartReading EXPORT ROUNDS}. The last round is told; the ones before it make the code warm.
 */
public final class PartReading {
  private PartReading() {}

  public static void main(String[] args) throws Exception {
    CatalogExport export = CatalogExport.open(Path.of(args[0]));
    int rounds = Integer.parseInt(args[1]);
    Ranker ranker = Ranker.of(42, "some", 1);
    RankHistogram histogram = new RankHistogram(RankHistogram.BITS_MAX);
    ToLongFunction<FileRow> read = row -> row.size();
    ToLongFunction<FileRow> rank =
        row -> {
          long value = ranker.rank(row.relativeUtf8());
          histogram.add(value);
          return value;
        };
    Set<Column> none = EnumSet.noneOf(Column.class);
    Set<Column> tags = EnumSet.of(Column.TAGS);
    for (int round = 0; round < rounds; round++) {
      boolean tells = round == rounds - 1;
      tell("read", measure(export, none, read), tells);
      tell("rank", measure(export, none, rank), tells);
      tell(
          "tags",
          measure(
              export,
              tags,
              row ->
                  row.anyLabel((label, value) -> value.equals("rust")) ? rank.applyAsLong(row) : 0),
          tells);
    }
  }

  private static void tell(String what, double rowsPerSecond, boolean tells) {
    if (tells) {
      System.out.printf("%s=%.0f%n", what, rowsPerSecond);
    }
  }

  private static double measure(
      CatalogExport export, Set<Column> columns, ToLongFunction<FileRow> work) throws IOException {
    long rows = 0;
    long sum = 0;
    long began = System.nanoTime();
    for (ExportedDataset dataset : export.manifest().datasets()) {
      try (PartReader reader =
          PartReader.open(export.folder(), dataset.parts().getFirst(), columns)) {
        while (reader.advance()) {
          sum += work.applyAsLong(reader.row());
          rows++;
        }
      }
    }
    double seconds = (System.nanoTime() - began) / 1e9;
    return sum == 42 ? 0 : rows / seconds;
  }
}
