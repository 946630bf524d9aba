package io.admix.engine.sort;

import java.io.Closeable;
import java.io.IOException;

/** Walks over records in order. Used by one thread. */
public interface RecordCursor extends Closeable {

  /** Moves to the next record; false when there is none. */
  boolean advance() throws IOException;

  /** The array that holds the record until the next {@link #advance}; not to be changed. */
  byte[] array();

  /** First byte of the record in {@link #array}. */
  int offset();

  int length();
}
