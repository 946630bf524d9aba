package io.admix.engine.sort;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;

/** Walks over records in order. Used by one thread. */
public interface RecordCursor extends Closeable {

  /**
   * One walk over what several hold. They are taken over: closed with it, and when this fails.
   *
   * @param cursors which stand before their first record
   */
  static RecordCursor merged(List<RecordCursor> cursors) throws IOException {
    return MergeCursor.of(cursors);
  }

  /** Moves to the next record; false when there is none. */
  boolean advance() throws IOException;

  /** The array that holds the record until the next {@link #advance}; not to be changed. */
  byte[] array();

  /** First byte of the record in {@link #array}. */
  int offset();

  int length();
}
