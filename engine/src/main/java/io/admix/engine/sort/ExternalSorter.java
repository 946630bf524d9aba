package io.admix.engine.sort;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Sorts byte records with a fixed amount of memory. Records compare as unsigned bytes, a record
 * before all that it begins; equal records are all kept. What fits in memory never touches the
 * disk; the rest goes to sorted runs in files, which are merged, in several steps when there are
 * too many to be open at a time.
 *
 * <p>First all records are added, then the result can be read as often as is wanted. Used by one
 * thread. {@link #close} removes every file, also after a failure.
 */
public final class ExternalSorter implements Closeable {
  private static final AtomicLong FILES = new AtomicLong();

  /** Smallest buffer of one run while merging: below it the disk seeks more than it reads. */
  private static final int BUFFER_BYTES_MIN = 1 << 10;

  private static final int BUFFER_BYTES_MAX = 1 << 17;

  /** Most runs merged at a time: files that are open. */
  private static final int FAN_IN_MAX = 128;

  private final Path folder;
  private final int memoryBytes;
  private final List<RecordFile> runs = new ArrayList<>();
  private Arena arena;
  private long count;
  private boolean isSorted;

  /**
   * @param folder where runs are written; it must be there
   * @param memoryBytes of records and index, and of all buffers while merging; a single longer
   *     record is held all the same
   */
  public ExternalSorter(Path folder, int memoryBytes) {
    if (memoryBytes < 1) {
      throw new IllegalArgumentException("memory of " + memoryBytes + " bytes");
    }
    this.folder = folder;
    this.memoryBytes = memoryBytes;
    this.arena = new Arena(memoryBytes);
  }

  /** Adds a record: {@code length} bytes of {@code array}, copied. */
  public void add(byte[] array, int offset, int length) throws IOException {
    if (isSorted) {
      throw new IllegalStateException("records are added before they are read");
    }
    if (!arena.hasRoom(length)) {
      spill();
    }
    arena.add(array, offset, length);
    count++;
  }

  /** Records that were added. */
  public long count() {
    return count;
  }

  /** How many runs lie on disk now; 0 when all is in memory. */
  public int runsOnDisk() {
    return runs.size();
  }

  /** The records in order, from the first on; each cursor is closed before the next is opened. */
  public RecordCursor read() throws IOException {
    if (!isSorted) {
      finish();
    }
    return runs.isEmpty()
        ? new ArenaCursor(arena)
        : MergeCursor.open(runs, bufferBytes(runs.size()));
  }

  private void finish() throws IOException {
    isSorted = true;
    if (runs.isEmpty()) {
      arena.sort();
      return;
    }
    spill();
    arena = new Arena(1);
    int fanIn = Math.clamp(memoryBytes / BUFFER_BYTES_MIN, 2, FAN_IN_MAX);
    while (runs.size() > fanIn) {
      mergeFirst(Math.min(fanIn, runs.size() - fanIn + 1));
    }
  }

  /** The oldest runs become one, at the end of the list: so all are merged about equally often. */
  private void mergeFirst(int several) throws IOException {
    List<RecordFile> merged = new ArrayList<>(runs.subList(0, several));
    RecordFile run = newRun();
    try (RecordCursor cursor = MergeCursor.open(merged, bufferBytes(several));
        RecordFile.Writer writer = run.write(BUFFER_BYTES_MAX)) {
      while (cursor.advance()) {
        writer.add(cursor.array(), cursor.offset(), cursor.length());
      }
      writer.finish();
    }
    runs.subList(0, several).clear();
    merged.forEach(RecordFile::delete);
  }

  private void spill() throws IOException {
    arena.sort();
    RecordFile run = newRun();
    try (RecordFile.Writer writer = run.write(BUFFER_BYTES_MAX)) {
      for (int i = 0; i < arena.count(); i++) {
        writer.add(arena.bytes(), arena.start(i), arena.length(i));
      }
      writer.finish();
    }
    arena.clear();
  }

  private RecordFile newRun() {
    RecordFile run = new RecordFile(folder.resolve("sort-" + FILES.incrementAndGet()));
    runs.add(run);
    return run;
  }

  private int bufferBytes(int several) {
    return Math.clamp(memoryBytes / several, BUFFER_BYTES_MIN, BUFFER_BYTES_MAX);
  }

  @Override
  public void close() {
    arena = new Arena(1);
    runs.forEach(RecordFile::delete);
    runs.clear();
  }
}
