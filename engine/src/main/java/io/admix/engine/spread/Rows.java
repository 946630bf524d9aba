package io.admix.engine.spread;

import io.admix.engine.parquet.ParquetReader;
import io.admix.engine.parquet.ParquetWriter;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Texts of Parquet files. */
final class Rows {
  private Rows() {}

  static void text(ParquetWriter out, int column, @Nullable String text) {
    if (text == null) {
      out.none(column);
      return;
    }
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.text(column, bytes, 0, bytes.length);
  }

  static String text(ParquetReader in, int column) {
    return new String(
        in.array(column), in.offset(column), in.length(column), StandardCharsets.UTF_8);
  }

  static @Nullable String textOrNull(ParquetReader in, int column) {
    return in.isNull(column) ? null : text(in, column);
  }
}
