package io.admix.engine.plan;

import io.admix.catalog.FileRow;
import io.admix.catalog.TagLabels;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A row of a part, reused for the next. */
final class PartRow implements FileRow {
  private static final long SECOND = 1_000_000_000L;

  private final TagLabels labels = new TagLabels();
  private byte[] path = {};
  private byte[] id = {};
  private long size;
  private @Nullable Long modifiedNs;
  private @Nullable Long taggedAtNs;
  private @Nullable String tags;
  private @Nullable String metadata;

  /**
   * Begins a row, without times and tags.
   *
   * @param relativePath in UTF-8, safe and in normal form; kept, not copied
   * @param row its id in UTF-8; kept, not copied
   */
  void begin(byte[] relativePath, long bytes, byte[] row) {
    path = relativePath;
    size = bytes;
    id = row;
    modifiedNs = null;
    taggedAtNs = null;
    tags = null;
    metadata = null;
  }

  /** Nanoseconds since 1970, null where it is not known. */
  void modified(@Nullable Long nanoseconds) {
    modifiedNs = nanoseconds;
  }

  /** Nanoseconds since 1970, null where it was never tagged. */
  void taggedAt(@Nullable Long nanoseconds) {
    taggedAtNs = nanoseconds;
  }

  /** Tags as they are stored. */
  void tags(@Nullable String stored) {
    tags = stored;
  }

  /** Metadata as it is stored. */
  void metadata(@Nullable String stored) {
    metadata = stored;
  }

  @Override
  public String relativePath() {
    return new String(path, StandardCharsets.UTF_8);
  }

  @Override
  public byte[] relativeUtf8() {
    return path;
  }

  @Override
  public String id() {
    return new String(id, StandardCharsets.UTF_8);
  }

  @Override
  public byte[] idUtf8() {
    return id;
  }

  @Override
  public long size() {
    return size;
  }

  /** Not kept in parts. */
  @Override
  public @Nullable String checkSum() {
    return null;
  }

  @Override
  public @Nullable String metadata() {
    return metadata;
  }

  @Override
  public @Nullable Instant modified() {
    return instant(modifiedNs);
  }

  @Override
  public @Nullable Instant taggedAt() {
    return instant(taggedAtNs);
  }

  private static @Nullable Instant instant(@Nullable Long nanoseconds) {
    return nanoseconds == null
        ? null
        : Instant.ofEpochSecond(
            Math.floorDiv(nanoseconds, SECOND), Math.floorMod(nanoseconds, SECOND));
  }

  @Override
  public @Nullable String tags() {
    return tags;
  }

  @Override
  public boolean anyLabel(LabelTest test) {
    return tags != null && labels.any(tags, test);
  }
}
