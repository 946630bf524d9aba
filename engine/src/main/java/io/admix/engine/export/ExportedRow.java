package io.admix.engine.export;

import io.admix.catalog.FileRow;
import io.admix.catalog.TagLabels;
import io.admix.engine.parquet.ParquetReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The present row of a part. */
final class ExportedRow implements FileRow {
  private static final long SECOND = 1_000_000_000L;

  private final ParquetReader reader;
  private @Nullable TagLabels labels;

  ExportedRow(ParquetReader reader) {
    this.reader = reader;
  }

  @Override
  public String relativePath() {
    return text(ExportSchema.PATH);
  }

  @Override
  public byte[] relativeUtf8() {
    return utf8(ExportSchema.PATH);
  }

  @Override
  public String id() {
    return text(ExportSchema.ROW);
  }

  @Override
  public byte[] idUtf8() {
    return utf8(ExportSchema.ROW);
  }

  @Override
  public long size() {
    return reader.number(ExportSchema.SIZE);
  }

  @Override
  public @Nullable String checkSum() {
    throw new IllegalStateException("an export holds no checksums of files");
  }

  @Override
  public @Nullable String metadata() {
    return textOrNull(ExportSchema.METADATA);
  }

  @Override
  public @Nullable Instant modified() {
    return time(ExportSchema.MODIFIED);
  }

  @Override
  public @Nullable Instant taggedAt() {
    return time(ExportSchema.TAGGED_AT);
  }

  @Override
  public @Nullable String tags() {
    return textOrNull(ExportSchema.TAGS);
  }

  @Override
  public boolean anyLabel(LabelTest test) {
    @Nullable String tags = tags();
    if (tags == null) {
      return false;
    }
    if (labels == null) {
      labels = new TagLabels();
    }
    return labels.any(tags, test);
  }

  private @Nullable Instant time(int column) {
    if (reader.isNull(column)) {
      return null;
    }
    long nanos = reader.number(column);
    return Instant.ofEpochSecond(Math.floorDiv(nanos, SECOND), Math.floorMod(nanos, SECOND));
  }

  private @Nullable String textOrNull(int column) {
    return reader.isNull(column) ? null : text(column);
  }

  private String text(int column) {
    return new String(
        reader.array(column), reader.offset(column), reader.length(column), StandardCharsets.UTF_8);
  }

  private byte[] utf8(int column) {
    int from = reader.offset(column);
    return Arrays.copyOfRange(reader.array(column), from, from + reader.length(column));
  }
}
