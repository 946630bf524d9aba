package io.admix.engine.sort;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** Merges sorted runs. The number of open files and buffers is the number of runs. */
final class MergeCursor implements RecordCursor {
  private final List<RecordCursor> readers = new ArrayList<>();
  private final PriorityQueue<RecordCursor> lowestFirst = new PriorityQueue<>(MergeCursor::compare);
  private @Nullable RecordCursor current;

  static MergeCursor open(List<RecordFile> runs, int bufferBytes) throws IOException {
    MergeCursor merge = new MergeCursor();
    try {
      for (RecordFile run : runs) {
        merge.readers.add(run.read(bufferBytes));
      }
      merge.begin();
      return merge;
    } catch (IOException | RuntimeException e) {
      merge.close();
      throw e;
    }
  }

  /** Takes over cursors that are in order. */
  static MergeCursor of(List<RecordCursor> cursors) throws IOException {
    MergeCursor merge = new MergeCursor();
    merge.readers.addAll(cursors);
    try {
      merge.begin();
      return merge;
    } catch (IOException | RuntimeException e) {
      merge.close();
      throw e;
    }
  }

  private void begin() throws IOException {
    for (RecordCursor reader : readers) {
      if (reader.advance()) {
        lowestFirst.add(reader);
      }
    }
  }

  private static int compare(RecordCursor a, RecordCursor b) {
    return Arrays.compareUnsigned(
        a.array(),
        a.offset(),
        a.offset() + a.length(),
        b.array(),
        b.offset(),
        b.offset() + b.length());
  }

  @Override
  public boolean advance() throws IOException {
    RecordCursor last = current;
    if (last != null && last.advance()) {
      RecordCursor next = lowestFirst.peek();
      // Runs of what came in order already are long: the heap is left alone along them.
      if (next == null || compare(last, next) <= 0) {
        return true;
      }
      lowestFirst.add(last);
    }
    current = lowestFirst.poll();
    return current != null;
  }

  @Override
  public byte[] array() {
    return reader().array();
  }

  @Override
  public int offset() {
    return reader().offset();
  }

  @Override
  public int length() {
    return reader().length();
  }

  private RecordCursor reader() {
    if (current == null) {
      throw new IllegalStateException("the cursor stands on no record");
    }
    return current;
  }

  @Override
  public void close() throws IOException {
    IOException first = null;
    for (RecordCursor reader : readers) {
      try {
        reader.close();
      } catch (IOException e) {
        if (first == null) {
          first = e;
        } else {
          first.addSuppressed(e);
        }
      }
    }
    if (first != null) {
      throw first;
    }
  }
}
