package io.admix.engine.plan;

import io.admix.catalog.Datasets.Column;
import io.admix.catalog.FileRow;
import io.admix.engine.export.ExportPart;
import java.io.Closeable;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

/**
 * Machines that work on parts of datasets. Work is sent to them serialised, runs once or more for
 * each part, and the answer of one run is given to the caller, who holds one at a time. Used by one
 * thread.
 */
public interface PartWorkers extends Closeable {

  /**
   * A part to be worked on.
   *
   * @param index under which work and answers know it
   * @param columns to be read beside path, size and id
   */
  record PartToRead(int index, String datasetId, ExportPart part, Set<Column> columns) {
    public PartToRead {
      columns = Set.copyOf(columns);
    }
  }

  /**
   * Where work runs.
   *
   * @param host for people
   * @param scratch folder of that machine for what one run needs
   * @param run another for every run, also of the same work on the same part
   */
  record Worker(String host, Path scratch, String run) {}

  /**
   * Work on the rows of a part, which are reused objects, in their order. Of a part that is not as
   * it was written the rows end with an {@link java.io.UncheckedIOException} of a {@link
   * io.admix.engine.export.DamagedExportException}.
   */
  @FunctionalInterface
  interface RowWork<R extends Serializable> extends Serializable {
    R work(int part, Iterator<FileRow> rows) throws IOException;
  }

  /** Makes blocks of bytes of the rows of a part, the same each time. */
  @FunctionalInterface
  interface Keeping extends Serializable {
    Iterator<byte[]> keep(int part, Iterator<FileRow> rows);
  }

  /** Work on the blocks that were kept of a part. */
  @FunctionalInterface
  interface KeptWork<R extends Serializable> extends Serializable {
    R work(int part, Iterator<byte[]> kept, Worker worker) throws IOException;
  }

  /** Takes the answers, in any order, on the caller's thread. */
  @FunctionalInterface
  interface Answers<R> {
    void take(int part, R answer);

    /**
     * Called several times a second while no answer comes. What this or {@link #take} throws ends
     * the work, and is thrown to the caller.
     */
    default void waiting() {}
  }

  /** Reads parts and works on their rows. */
  <R extends Serializable> void overRows(
      List<PartToRead> parts, RowWork<R> work, Answers<R> answers)
      throws IOException, InterruptedException;

  /**
   * From now on {@link #overKept} works on what this makes of the parts. It is made when it is
   * first asked for, and again when a machine that held it is lost.
   */
  void keep(List<PartToRead> parts, Keeping keeping);

  /** Works on what was kept. */
  <R extends Serializable> void overKept(KeptWork<R> work, Answers<R> answers)
      throws IOException, InterruptedException;
}
