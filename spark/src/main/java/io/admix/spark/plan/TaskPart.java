package io.admix.spark.plan;

import io.admix.catalog.Datasets.Column;
import io.admix.catalog.FileRow;
import io.admix.engine.export.PartReader;
import io.admix.spark.source.SourcePart;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.spark.TaskContext;
import org.apache.spark.util.TaskCompletionListener;
import org.jspecify.annotations.Nullable;

/**
 * A part of an export as one Spark task.
 *
 * @param index under which the planner knows it
 * @param columns to be read beside path, size and id
 */
record TaskPart(int index, SourcePart part, List<Column> columns) implements Serializable {

  /** Its rows, read while they are asked for; the part is closed when the task ends. */
  Iterator<FileRow> rows() {
    Rows rows = new Rows();
    TaskContext task = TaskContext.get();
    if (task != null) {
      task.addTaskCompletionListener((TaskCompletionListener) ended -> rows.close());
    }
    return rows;
  }

  private final class Rows implements Iterator<FileRow> {
    private @Nullable PartReader reader;
    private boolean isAhead;
    private boolean isEnded;

    @Override
    public boolean hasNext() {
      if (!isAhead && !isEnded) {
        try {
          isAhead = opened().advance();
        } catch (IOException e) {
          throw new UncheckedIOException(e.getMessage(), e);
        }
        isEnded = !isAhead;
      }
      return isAhead;
    }

    private PartReader opened() throws IOException {
      PartReader open = reader;
      if (open == null) {
        open = part.open(java.util.Set.copyOf(columns));
        reader = open;
      }
      return open;
    }

    @Override
    public FileRow next() {
      if (!hasNext() || reader == null) {
        throw new NoSuchElementException("no more rows");
      }
      isAhead = false;
      return reader.row();
    }

    void close() {
      try {
        if (reader != null) {
          reader.close();
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
