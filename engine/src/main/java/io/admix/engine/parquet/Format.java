package io.admix.engine.parquet;

import java.nio.charset.StandardCharsets;

/**
 * Numbers of the format, as parquet.thrift of apache/parquet-format 2.12 gives them; of each enum
 * only what is written here.
 */
final class Format {
  static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);
  static final int VERSION = 1;
  static final int TYPE_INT64 = 2;
  static final int TYPE_BYTE_ARRAY = 6;
  static final int REQUIRED = 0;
  static final int OPTIONAL = 1;
  static final int CONVERTED_UTF8 = 0;
  static final int PLAIN = 0;
  static final int RLE = 3;
  static final int CODEC_NONE = 0;
  static final int CODEC_GZIP = 2;
  static final int DATA_PAGE = 0;

  /** Behind the magic of the end: the footer's length. */
  static final int TAIL_BYTES = Integer.BYTES + MAGIC.length;

  private Format() {}

  static int type(Column column) {
    return column.type() == Column.Type.NUMBER ? TYPE_INT64 : TYPE_BYTE_ARRAY;
  }

  static int repetition(Column column) {
    return column.mayBeNull() ? OPTIONAL : REQUIRED;
  }
}
