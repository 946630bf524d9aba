package io.admix.engine.plan;

import io.admix.engine.sort.RecordCursor;
import java.io.Closeable;
import java.io.IOException;

/** The files that were chosen, as {@link Selection} writes them. Read as often as is wanted. */
interface Chosen extends Closeable {
  /** Main entries in canonical order. */
  RecordCursor mains() throws IOException;

  /** Reserves by source and rank. */
  RecordCursor reserves() throws IOException;
}
