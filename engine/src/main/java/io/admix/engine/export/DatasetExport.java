package io.admix.engine.export;

import io.admix.catalog.Dataset;
import io.admix.catalog.Datasets;
import io.admix.catalog.Datasets.Column;
import io.admix.catalog.FileRow;
import io.admix.catalog.ScanSummary;
import io.admix.engine.export.Exports.Progress;
import io.admix.engine.export.Exports.Step;
import io.admix.engine.sort.ExternalSorter;
import io.admix.engine.sort.RecordCursor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Exports one dataset: reads its rows, sorts them, writes them. */
final class DatasetExport {
  static final Set<Column> COLUMNS =
      EnumSet.of(Column.TAGS, Column.TAGGED_AT, Column.MODIFIED, Column.METADATA);
  private static final int SORT_BYTES = 128 << 20;

  /** Rows between two looks at the clock, at the thread's interruption, and calls of progress. */
  private static final int TELL_ROWS = 1 << 14;

  private final Datasets datasets;
  private final Dataset dataset;
  private final ExportPlace place;
  private final Progress progress;
  private long rows;

  DatasetExport(Datasets datasets, Dataset dataset, ExportPlace place, Progress progress) {
    this.datasets = datasets;
    this.dataset = dataset;
    this.place = place;
    this.progress = progress;
  }

  ExportedDataset run(long rowsPerPart) throws IOException, InterruptedException {
    try (ExternalSorter sorter = new ExternalSorter(place.scratch(), SORT_BYTES)) {
      ScanSummary seen = read(sorter);
      List<ExportPart> parts = write(sorter, rowsPerPart);
      return new ExportedDataset(
          dataset.id(),
          dataset.name(),
          dataset.path(),
          dataset.type(),
          dataset.kind(),
          dataset.files(),
          dataset.bytes(),
          dataset.updatedAt(),
          seen.unsafePaths(),
          seen.unsafe(),
          parts);
    }
  }

  private ScanSummary read(ExternalSorter sorter) throws IOException, InterruptedException {
    RowRecord recorded = new RowRecord();
    try {
      return datasets.scan(dataset, COLUMNS, row -> sort(row, recorded, sorter));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    } catch (StoppedException e) {
      throw new InterruptedException();
    }
  }

  private void sort(FileRow row, RowRecord recorded, ExternalSorter sorter) {
    try {
      recorded.set(row);
      sorter.add(recorded.array(), 0, recorded.length());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (++rows % TELL_ROWS == 0) {
      progress.at(Step.READ, dataset.name(), rows, dataset.files());
      if (Thread.interrupted()) {
        throw new StoppedException();
      }
    }
  }

  private List<ExportPart> write(ExternalSorter sorter, long rowsPerPart)
      throws IOException, InterruptedException {
    String below = ExportSchema.DATASET_FOLDER + dataset.id();
    Path folder = Files.createDirectory(place.fresh().resolve(below));
    long written = 0;
    try (RecordCursor cursor = sorter.read();
        PartsWriter writer =
            new PartsWriter(
                place.fresh(), number -> below + "/" + ExportSchema.part(number), rowsPerPart)) {
      while (cursor.advance()) {
        writer.add(cursor.array(), cursor.offset(), cursor.length());
        if (++written % TELL_ROWS == 0) {
          progress.at(Step.WRITE, dataset.name(), written, rows);
          if (Thread.interrupted()) {
            throw new InterruptedException();
          }
        }
      }
      return writer.finish();
    } finally {
      ExportPlace.syncFolder(folder);
    }
  }

  /** Carries an interruption out of a scan. */
  private static final class StoppedException extends RuntimeException {}
}
