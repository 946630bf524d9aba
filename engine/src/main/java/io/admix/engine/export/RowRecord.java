package io.admix.engine.export;

import io.admix.catalog.FileRow;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A row as bytes that sort as an export is ordered:
 *
 * <pre>
 * folder ‖ 0 ‖ name ‖ 0 ‖ row id ‖ 0 ‖ size ‖ which of the following there are ‖ modified ‖ tagged at ‖ tags ‖ metadata
 * </pre>
 *
 * Reused for the next row; for one thread.
 */
public final class RowRecord {
  static final int HAS_MODIFIED = 1;
  static final int HAS_TAGGED_AT = 2;
  static final int HAS_TAGS = 4;
  static final int HAS_METADATA = 8;

  private static final byte[] NOTHING = {};
  private static final int FIXED_BYTES = 3 * Long.BYTES + 2 * Integer.BYTES + 8;

  private ByteBuffer bytes = ByteBuffer.allocate(1 << 10);

  /** Takes a row. */
  public void set(FileRow row) throws IOException {
    byte[] path = row.relativeUtf8();
    byte[] id = row.idUtf8();
    @Nullable Instant modified = row.modified();
    @Nullable Instant taggedAt = row.taggedAt();
    @Nullable String tags = row.tags();
    @Nullable String metadata = row.metadata();
    byte[] tagsUtf8 = utf8(tags);
    byte[] metadataUtf8 = utf8(metadata);
    refuseZero(id);
    bytes.clear();
    int capacity = path.length + id.length + tagsUtf8.length + metadataUtf8.length + FIXED_BYTES;
    if (bytes.capacity() < capacity) {
      bytes = ByteBuffer.allocate(2 * capacity);
    }
    int slash = lastSlash(path);
    bytes.put(path, 0, Math.max(slash, 0)).put((byte) 0);
    bytes.put(path, slash + 1, path.length - slash - 1).put((byte) 0);
    bytes.put(id).put((byte) 0).putLong(row.size());
    bytes.put(
        (byte)
            ((modified == null ? 0 : HAS_MODIFIED)
                | (taggedAt == null ? 0 : HAS_TAGGED_AT)
                | (tags == null ? 0 : HAS_TAGS)
                | (metadata == null ? 0 : HAS_METADATA)));
    put(modified);
    put(taggedAt);
    put(tags, tagsUtf8);
    put(metadata, metadataUtf8);
  }

  /** The beginning of the records of all rows of a path. */
  static byte[] key(String path) {
    byte[] utf8 = path.getBytes(StandardCharsets.UTF_8);
    int slash = lastSlash(utf8);
    return ByteBuffer.allocate(utf8.length + (slash < 0 ? 2 : 1))
        .put(utf8, 0, Math.max(slash, 0))
        .put((byte) 0)
        .put(utf8, slash + 1, utf8.length - slash - 1)
        .put((byte) 0)
        .array();
  }

  private void put(@Nullable Instant time) {
    if (time != null) {
      bytes.putLong(nanos(time));
    }
  }

  private static byte[] utf8(@Nullable String text) {
    return text == null ? NOTHING : text.getBytes(StandardCharsets.UTF_8);
  }

  private void put(@Nullable String text, byte[] utf8) {
    if (text != null) {
      bytes.putInt(utf8.length).put(utf8);
    }
  }

  /** Nanoseconds since 1970, as far as 64 bits reach. */
  static long nanos(Instant time) {
    try {
      return Math.addExact(
          Math.multiplyExact(time.getEpochSecond(), 1_000_000_000L), time.getNano());
    } catch (ArithmeticException e) {
      return time.getEpochSecond() < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
    }
  }

  private static void refuseZero(byte[] id) throws IOException {
    for (byte b : id) {
      if (b == 0) {
        throw new IOException(
            "The id of a row holds a zero byte, which no export can: mend the row in the catalogue. ("
                + Arrays.toString(id)
                + ")");
      }
    }
  }

  private static int lastSlash(byte[] path) {
    int at = path.length - 1;
    while (at >= 0 && path[at] != '/') {
      at--;
    }
    return at;
  }

  /** Holds the record from its first byte on; not to be changed. */
  public byte[] array() {
    return bytes.array();
  }

  public int length() {
    return bytes.position();
  }
}
