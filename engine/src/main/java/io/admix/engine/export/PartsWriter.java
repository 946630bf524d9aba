package io.admix.engine.export;

import io.admix.engine.parquet.ParquetWriter;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Writes records of rows that come in order into parts, each synced: a part ends when it has enough
 * rows and another path comes. Used by one thread.
 */
public final class PartsWriter implements Closeable {
  private final Path folder;
  private final IntFunction<String> names;
  private final long rowsPerPart;
  private final List<ExportPart> parts = new ArrayList<>();
  private @Nullable ParquetWriter writer;
  private byte[] path = new byte[1 << 10];
  private int pathLength;
  private byte[] last = new byte[1 << 10];
  private int lastLength = -1;
  private String first = "";

  /**
   * @param folder of the export
   * @param names of the parts below it, by their number from 0 on; the folders are there, the names
   *     free
   * @param rowsPerPart after which a part ends
   */
  public PartsWriter(Path folder, IntFunction<String> names, long rowsPerPart) {
    this.folder = folder;
    this.names = names;
    this.rowsPerPart = rowsPerPart;
  }

  /** Adds a {@link RowRecord}, not before the one that was added last. */
  public void add(byte[] array, int offset, int length) throws IOException {
    int nameFrom = zero(array, offset) + 1;
    int idFrom = zero(array, nameFrom) + 1;
    int idEnd = zero(array, idFrom);
    takePath(array, offset, nameFrom, idFrom);
    ParquetWriter out = writerForPath();
    out.text(ExportSchema.PATH, path, 0, pathLength);
    out.text(ExportSchema.ROW, array, idFrom, idEnd - idFrom);
    ByteBuffer rest = ByteBuffer.wrap(array, idEnd + 1, offset + length - idEnd - 1);
    out.number(ExportSchema.SIZE, rest.getLong());
    int has = rest.get();
    number(out, ExportSchema.MODIFIED, (has & RowRecord.HAS_MODIFIED) != 0, rest);
    number(out, ExportSchema.TAGGED_AT, (has & RowRecord.HAS_TAGGED_AT) != 0, rest);
    text(out, ExportSchema.TAGS, (has & RowRecord.HAS_TAGS) != 0, rest);
    text(out, ExportSchema.METADATA, (has & RowRecord.HAS_METADATA) != 0, rest);
    out.endRow();
  }

  private static void number(ParquetWriter out, int column, boolean isThere, ByteBuffer rest) {
    if (isThere) {
      out.number(column, rest.getLong());
    } else {
      out.none(column);
    }
  }

  private static void text(ParquetWriter out, int column, boolean isThere, ByteBuffer rest) {
    if (isThere) {
      int length = rest.getInt();
      out.text(column, rest.array(), rest.position(), length);
      rest.position(rest.position() + length);
    } else {
      out.none(column);
    }
  }

  private static int zero(byte[] array, int from) {
    int at = from;
    while (array[at] != 0) {
      at++;
    }
    return at;
  }

  private void takePath(byte[] array, int offset, int nameFrom, int idFrom) {
    int folderLength = nameFrom - 1 - offset;
    int nameLength = idFrom - 1 - nameFrom;
    byte[] before = last;
    last = path;
    lastLength = writer == null ? -1 : pathLength;
    path = before;
    pathLength = folderLength == 0 ? nameLength : folderLength + 1 + nameLength;
    if (path.length < pathLength) {
      path = new byte[2 * pathLength];
    }
    System.arraycopy(array, offset, path, 0, folderLength);
    if (folderLength > 0) {
      path[folderLength] = '/';
    }
    System.arraycopy(array, nameFrom, path, pathLength - nameLength, nameLength);
  }

  private ParquetWriter writerForPath() throws IOException {
    ParquetWriter open = writer;
    if (open != null
        && open.rows() >= rowsPerPart
        && !Arrays.equals(path, 0, pathLength, last, 0, lastLength)) {
      end(open, last, lastLength);
      open = null;
    }
    if (open == null) {
      open = ParquetWriter.create(folder.resolve(names.apply(parts.size())), ExportSchema.COLUMNS);
      open.fact("admix.export", Integer.toString(ExportSchema.VERSION));
      writer = open;
      first = new String(path, 0, pathLength, StandardCharsets.UTF_8);
    }
    return open;
  }

  private void end(ParquetWriter open, byte[] lastPath, int length) throws IOException {
    ParquetWriter.Written written = open.finish();
    open.close();
    writer = null;
    parts.add(
        new ExportPart(
            names.apply(parts.size()),
            written.rows(),
            written.bytes(),
            first,
            new String(lastPath, 0, length, StandardCharsets.UTF_8),
            PartReader.hex(written.crc32c())));
  }

  /** Ends the last part; all of them, in order. */
  public List<ExportPart> finish() throws IOException {
    ParquetWriter open = writer;
    if (open != null) {
      end(open, path, pathLength);
    }
    return List.copyOf(parts);
  }

  @Override
  public void close() throws IOException {
    ParquetWriter open = writer;
    if (open != null) {
      open.close();
    }
  }
}
