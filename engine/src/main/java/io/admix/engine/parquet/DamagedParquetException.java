package io.admix.engine.parquet;

import java.io.IOException;

/** A file that is no Parquet, is cut short or damaged, or was written by another program. */
public final class DamagedParquetException extends IOException {
  public DamagedParquetException(String message) {
    super(message);
  }
}
