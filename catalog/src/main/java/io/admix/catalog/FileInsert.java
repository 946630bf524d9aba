package io.admix.catalog;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A file row to insert.
 *
 * @param path absolute
 * @param sourceRow with {@code sourceDataset} the row that the rest is carried over from, or null
 */
record FileInsert(
    String id,
    String path,
    long size,
    @Nullable Instant modified,
    @Nullable String checkSum,
    @Nullable String tags,
    @Nullable Instant taggedAt,
    @Nullable String metadata,
    @Nullable String sourceDataset,
    @Nullable String sourceRow) {

  /** The width of DataMate's column. */
  static final int TYPE_LENGTH_MAX = 50;

  String name() {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /** The extension in lower case, or null without one: a leading dot begins none. */
  @Nullable String type() {
    int slash = path.lastIndexOf('/');
    int dot = path.lastIndexOf('.');
    if (dot <= slash + 1 || dot == path.length() - 1 || path.length() - dot - 1 > TYPE_LENGTH_MAX) {
      return null;
    }
    return path.substring(dot + 1).toLowerCase(Locale.ROOT);
  }
}
