package io.admix.files.object;

import io.admix.core.name.Utf8;
import java.time.DateTimeException;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a source carries, as far as a request can repeat it. A copy that is to bear a mark must give
 * all metadata anew; where that would lose or change some, the store copies it as it is, unmarked.
 *
 * @param whole to be given anew, with the mark where it has room; null where it cannot be
 * @param hasMark whether {@code whole} holds the mark
 */
record Resending(@Nullable Content whole, boolean hasMark) {
  /** Names and values together, in bytes. Source: Amazon S3 user guide, "Object metadata". */
  private static final int METADATA_BYTES_MAX = 2_048;

  static Resending of(ObjectHead head, Mark mark) {
    Content content = head.content();
    if (head.unshownMetadata() > 0
        || !content.metadata().values().stream().allMatch(Resending::isPlain)
        || !isDate(content.expires())) {
      return new Resending(null, false);
    }
    Content marked = content.with(Mark.NAME, mark.value());
    return bytes(marked) <= METADATA_BYTES_MAX
        ? new Resending(marked, true)
        : new Resending(content, false);
  }

  /** What is given anew in a plain copy; null lets the store copy it as it is. */
  @Nullable Content marked() {
    return hasMark ? whole : null;
  }

  private static int bytes(Content content) {
    int bytes = 0;
    for (Map.Entry<String, String> entry : content.metadata().entrySet()) {
      bytes += Utf8.length(entry.getKey()) + Utf8.length(entry.getValue());
    }
    return bytes;
  }

  /**
   * Other characters come back as encoded words (RFC 2047), and would be stored as their own
   * encoding.
   */
  private static boolean isPlain(String value) {
    return value.chars().allMatch(c -> c >= 0x20 && c < 0x7f)
        && !value.contains("=?")
        && value.equals(value.strip());
  }

  private static boolean isDate(@Nullable String expires) {
    if (expires == null) {
      return true;
    }
    try {
      DateTimeFormatter.RFC_1123_DATE_TIME.parse(expires);
      return true;
    } catch (DateTimeException e) {
      return false;
    }
  }
}
