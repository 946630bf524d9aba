package io.admix.engine.parquet;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads what a file says of itself. */
final class FooterReader {
  private final ThriftIn in;
  private final List<Column> columns = new ArrayList<>();
  private final List<Group> groups = new ArrayList<>();
  private final Map<String, String> facts = new HashMap<>();
  private long rows;

  /** A column's page of a row group. */
  record Chunk(long offset, long bytes, int codec) {}

  record Group(int rows, List<Chunk> chunks) {}

  /** All of it. */
  record Description(
      List<Column> columns, List<Group> groups, Map<String, String> facts, long rows) {}

  private FooterReader(byte[] footer, int length) {
    this.in = new ThriftIn(footer, 0, length);
  }

  static Description read(byte[] footer, int length) throws DamagedParquetException {
    return new FooterReader(footer, length).read();
  }

  private Description read() throws DamagedParquetException {
    for (int field = 0; in.next(field); ) {
      field = in.field();
      switch (field) {
        case 2 -> readSchema();
        case 3 -> rows = in.number();
        case 4 -> readGroups();
        case 5 -> readFacts();
        default -> in.skip();
      }
    }
    long sum = 0;
    for (Group group : groups) {
      sum += group.rows;
      if (group.chunks.size() != columns.size()) {
        throw ThriftIn.damaged();
      }
    }
    if (sum != rows) {
      throw ThriftIn.damaged();
    }
    return new Description(columns, groups, facts, rows);
  }

  private void readSchema() throws DamagedParquetException {
    int size = in.list();
    for (int i = 0; i < size; i++) {
      Column column = readColumn();
      if (i > 0) {
        columns.add(column);
      }
    }
  }

  private Column readColumn() throws DamagedParquetException {
    String name = "";
    long type = 0;
    long repetition = Format.REQUIRED;
    for (int field = 0; in.next(field); ) {
      field = in.field();
      switch (field) {
        case 1 -> type = in.number();
        case 3 -> repetition = in.number();
        case 4 -> name = in.text();
        default -> in.skip();
      }
    }
    return new Column(
        name,
        type == Format.TYPE_INT64 ? Column.Type.NUMBER : Column.Type.TEXT,
        repetition == Format.OPTIONAL ? Column.Nulls.ALLOWED : Column.Nulls.NONE);
  }

  private void readGroups() throws DamagedParquetException {
    int size = in.list();
    for (int i = 0; i < size; i++) {
      groups.add(readGroup());
    }
  }

  private Group readGroup() throws DamagedParquetException {
    List<Chunk> chunks = new ArrayList<>();
    long count = 0;
    for (int field = 0; in.next(field); ) {
      field = in.field();
      switch (field) {
        case 1 -> {
          int size = in.list();
          for (int i = 0; i < size; i++) {
            chunks.add(readChunk());
          }
        }
        case 3 -> count = in.number();
        default -> in.skip();
      }
    }
    if (count < 1 || count > ParquetWriter.GROUP_ROWS) {
      throw ThriftIn.damaged();
    }
    return new Group((int) count, chunks);
  }

  private Chunk readChunk() throws DamagedParquetException {
    @Nullable Chunk chunk = null;
    for (int field = 0; in.next(field); ) {
      field = in.field();
      if (field == 3) {
        chunk = readChunkFacts();
      } else {
        in.skip();
      }
    }
    if (chunk == null) {
      throw ThriftIn.damaged();
    }
    return chunk;
  }

  private Chunk readChunkFacts() throws DamagedParquetException {
    long codec = 0;
    long bytes = 0;
    long offset = 0;
    for (int field = 0; in.next(field); ) {
      field = in.field();
      switch (field) {
        case 4 -> codec = in.number();
        case 7 -> bytes = in.number();
        case 9 -> offset = in.number();
        default -> in.skip();
      }
    }
    return new Chunk(offset, bytes, (int) codec);
  }

  private void readFacts() throws DamagedParquetException {
    int size = in.list();
    for (int i = 0; i < size; i++) {
      String key = "";
      String value = "";
      for (int field = 0; in.next(field); ) {
        field = in.field();
        switch (field) {
          case 1 -> key = in.text();
          case 2 -> value = in.text();
          default -> in.skip();
        }
      }
      facts.put(key, value);
    }
  }
}
