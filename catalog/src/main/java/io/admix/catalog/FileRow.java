package io.admix.catalog;

import io.admix.core.select.FileFacts;
import org.jspecify.annotations.Nullable;

/**
 * One row of a dataset while it is scanned; reused for the next. A path outside the dataset's
 * folder, or not in normal form, is never handed out but counted by the scan.
 */
public interface FileRow extends FileFacts {
  String id();

  /** The same in UTF-8, without a text being made; not to be changed. */
  byte[] idUtf8();

  /** {@link #relativePath} in UTF-8, without a text being made; not to be changed. */
  byte[] relativeUtf8();

  long size();

  @Nullable String checkSum();

  /** As stored: JSON. */
  @Nullable String metadata();

  /** What {@link #anyLabel} reads labels from, as stored; null when never tagged. */
  @Nullable String tags();
}
