package io.admix.engine.export;

import io.admix.catalog.Datasets;
import io.admix.catalog.FileRow;
import io.admix.engine.parquet.DamagedParquetException;
import io.admix.engine.parquet.ParquetReader;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/**
 * Reads the rows of one part, from the first to the last. Number of rows and checksum are judged
 * when the last was read: what was made of the rows before is to be thrown away when {@link
 * #advance} fails. Used by one thread.
 */
public final class PartReader implements Closeable {
  private final Path folder;
  private final ExportPart part;
  private final ParquetReader reader;
  private final ExportedRow row;

  private PartReader(Path folder, ExportPart part, ParquetReader reader) {
    this.folder = folder;
    this.part = part;
    this.reader = reader;
    this.row = new ExportedRow(reader);
  }

  /**
   * Opens a part.
   *
   * @param folder of the export
   * @param columns that will be asked for beside path, size and id
   * @throws DamagedExportException when it is not there, or is not what the manifest says
   */
  public static PartReader open(Path folder, ExportPart part, Set<Datasets.Column> columns)
      throws IOException {
    Set<Integer> wanted =
        new HashSet<>(Set.of(ExportSchema.PATH, ExportSchema.SIZE, ExportSchema.ROW));
    columns.forEach(column -> wanted.add(place(column)));
    try {
      ParquetReader reader =
          ParquetReader.open(folder.resolve(part.file()), ExportSchema.COLUMNS, wanted);
      if (reader.rows() == part.rows()) {
        return new PartReader(folder, part, reader);
      }
      try (reader) {
        throw new DamagedParquetException(
            "it has %,d rows where %,d were written".formatted(reader.rows(), part.rows()));
      }
    } catch (DamagedParquetException e) {
      throw damaged(folder, part, e);
    } catch (NoSuchFileException e) {
      throw CatalogExport.damaged(folder, part, "is missing");
    }
  }

  private static int place(Datasets.Column column) {
    return switch (column) {
      case TAGS -> ExportSchema.TAGS;
      case TAGGED_AT -> ExportSchema.TAGGED_AT;
      case MODIFIED -> ExportSchema.MODIFIED;
      case METADATA -> ExportSchema.METADATA;
      case CHECK_SUM -> throw new IllegalArgumentException("an export holds no checksums of files");
    };
  }

  /** Goes on to the next row; false when all were read and the part is as it was written. */
  public boolean advance() throws IOException {
    try {
      if (reader.advance()) {
        return true;
      }
      if (!hex(reader.checksum()).equals(part.crc32c())) {
        throw new DamagedParquetException("its checksum is another one");
      }
      return false;
    } catch (DamagedParquetException e) {
      throw damaged(folder, part, e);
    }
  }

  /** The present row; the object is the same for all. */
  public FileRow row() {
    return row;
  }

  static String hex(long crc32c) {
    return "%08x".formatted(crc32c);
  }

  private static DamagedExportException damaged(
      Path folder, ExportPart part, DamagedParquetException e) {
    return CatalogExport.damaged(folder, part, "cannot be used: " + e.getMessage());
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}
