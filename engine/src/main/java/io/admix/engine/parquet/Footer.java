package io.admix.engine.parquet;

import io.admix.engine.parquet.ParquetWriter.Chunk;
import io.admix.engine.parquet.ParquetWriter.Group;
import java.util.List;
import java.util.Map;

/** The descriptions in a file: of itself at its end, of each page before it. */
final class Footer {
  static final String MADE_BY = "admix";

  private Footer() {}

  static Bytes pageHeader(int values, int plainBytes, int bytes) {
    Bytes header = new Bytes(64);
    ThriftOut out = new ThriftOut(header).begin();
    out.i32(1, Format.DATA_PAGE).i32(2, plainBytes).i32(3, bytes);
    out.begin(5).i32(1, values).i32(2, Format.PLAIN).i32(3, Format.RLE).i32(4, Format.RLE).end();
    out.end();
    return header;
  }

  static Bytes of(List<Column> columns, List<Group> groups, Map<String, String> facts, long rows) {
    Bytes footer = new Bytes(1 << 12);
    ThriftOut out = new ThriftOut(footer).begin().i32(1, Format.VERSION);
    out.list(2, ThriftOut.STRUCT, columns.size() + 1);
    out.begin().text(4, "rows").i32(5, columns.size()).end();
    columns.forEach(column -> schema(out, column));
    out.i64(3, rows).list(4, ThriftOut.STRUCT, groups.size());
    groups.forEach(group -> group(out, columns, group));
    out.list(5, ThriftOut.STRUCT, facts.size());
    facts.forEach((key, value) -> out.begin().text(1, key).text(2, value).end());
    out.text(6, MADE_BY).end();
    return footer;
  }

  private static void schema(ThriftOut out, Column column) {
    out.begin().i32(1, Format.type(column)).i32(3, Format.repetition(column));
    out.text(4, column.name());
    if (column.type() == Column.Type.TEXT) {
      // Both ways of saying "UTF-8": the older for older readers.
      out.i32(6, Format.CONVERTED_UTF8).begin(10).begin(1).end().end();
    }
    out.end();
  }

  private static void group(ThriftOut out, List<Column> columns, Group group) {
    out.begin().list(1, ThriftOut.STRUCT, columns.size());
    for (int i = 0; i < columns.size(); i++) {
      chunk(out, columns.get(i), group.chunks().get(i), group.rows());
    }
    out.i64(2, group.chunks().stream().mapToLong(Chunk::plainBytes).sum());
    out.i64(3, group.rows());
    out.end();
  }

  private static void chunk(ThriftOut out, Column column, Chunk chunk, int rows) {
    out.begin().i64(2, chunk.offset()).begin(3);
    out.i32(1, Format.type(column));
    out.list(2, ThriftOut.I32, 2).number(Format.PLAIN).number(Format.RLE);
    out.list(3, ThriftOut.BINARY, 1).text(column.name());
    out.i32(4, Format.CODEC_GZIP).i64(5, rows);
    out.i64(6, chunk.plainBytes()).i64(7, chunk.bytes()).i64(9, chunk.offset());
    out.end().end();
  }
}
