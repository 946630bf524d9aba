package io.admix.engine.plan;

import io.admix.engine.place.ObjectFacts;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What spools keep of an object beside its numbers and path, in the place of a row's id:
 *
 * <pre>
 * row id ‖ 0 ‖ A or S ‖ entity tag
 * </pre>
 *
 * @param row id of its row, empty for one of a listing
 * @param isArchived whether it must be restored before it can be read
 */
record RowTail(String row, String etag, boolean isArchived) {
  private static final char ARCHIVED = 'A';
  private static final char AT_HAND = 'S';

  /**
   * @param facts of a listing
   */
  static RowTail of(String row, ObjectFacts facts) {
    return new RowTail(row, facts.etag(), facts.isArchived());
  }

  /** Nobody else's ids hold a zero byte: no database takes one. */
  byte[] bytes() {
    return (row + '\0' + (isArchived ? ARCHIVED : AT_HAND) + etag).getBytes(StandardCharsets.UTF_8);
  }

  /** Reads what {@link #bytes} wrote; null where it is a row's id alone. */
  static @Nullable RowTail parse(@Nullable String text) {
    int zero = text == null ? -1 : text.indexOf('\0');
    if (text == null || zero < 0) {
      return null;
    }
    return new RowTail(
        text.substring(0, zero), text.substring(zero + 2), text.charAt(zero + 1) == ARCHIVED);
  }
}
