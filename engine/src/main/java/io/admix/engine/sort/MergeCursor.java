package io.admix.engine.sort;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** Merges sorted runs. The number of open files and buffers is the number of runs. */
final class MergeCursor implements RecordCursor {
  private final List<RecordFile.Reader> readers = new ArrayList<>();
  private final PriorityQueue<RecordFile.Reader> lowestFirst =
      new PriorityQueue<>(RecordFile.Reader::compareTo);
  private RecordFile.@Nullable Reader current;

  static MergeCursor open(List<RecordFile> runs, int bufferBytes) throws IOException {
    MergeCursor merge = new MergeCursor();
    try {
      for (RecordFile run : runs) {
        RecordFile.Reader reader = run.read(bufferBytes);
        merge.readers.add(reader);
        merge.offer(reader);
      }
      return merge;
    } catch (IOException | RuntimeException e) {
      merge.close();
      throw e;
    }
  }

  private void offer(RecordFile.Reader reader) throws IOException {
    if (reader.advance()) {
      lowestFirst.add(reader);
    }
  }

  @Override
  public boolean advance() throws IOException {
    RecordFile.Reader last = current;
    if (last != null && last.advance()) {
      RecordFile.Reader next = lowestFirst.peek();
      // Runs of what came in order already are long: the heap is left alone along them.
      if (next == null || last.compareTo(next) <= 0) {
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

  private RecordFile.Reader reader() {
    if (current == null) {
      throw new IllegalStateException("the cursor stands on no record");
    }
    return current;
  }

  @Override
  public void close() throws IOException {
    IOException first = null;
    for (RecordFile.Reader reader : readers) {
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
