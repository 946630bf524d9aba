package io.admix.engine.export;

import io.admix.catalog.FileRow;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** A row that is told. */
record FixedRow(String relativePath, String id, Instant modified, String tags) implements FileRow {
  @Override
  public byte[] idUtf8() {
    return id.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public byte[] relativeUtf8() {
    return relativePath.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public long size() {
    return relativePath.length();
  }

  @Override
  public String checkSum() {
    return null;
  }

  @Override
  public String metadata() {
    return null;
  }

  @Override
  public Instant taggedAt() {
    return null;
  }

  @Override
  public boolean anyLabel(LabelTest test) {
    return false;
  }
}
