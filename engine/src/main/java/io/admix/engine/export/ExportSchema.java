package io.admix.engine.export;

import io.admix.engine.parquet.Column;
import java.util.List;

/** Names and columns of an export. */
public final class ExportSchema {
  /** Of what this class says; another one is refused. */
  public static final int VERSION = 1;

  /** Beside the folders of datasets; written last, so that what is half-written lacks it. */
  public static final String MANIFEST = "_ADMIX_EXPORT.json";

  /** Before a dataset's id in the name of its folder: a partition, as Hive names one. */
  public static final String DATASET_FOLDER = "dataset=";

  /** Path below the dataset's folder, in normal form. */
  public static final int PATH = 0;

  /** Size in bytes. */
  public static final int SIZE = 1;

  /** Id of the file's row in the catalogue. */
  public static final int ROW = 2;

  /** Nanoseconds since 1970; those beyond the years 1677 to 2262 are the first or last of these. */
  public static final int MODIFIED = 3;

  /** The same, of the last change of tags. */
  public static final int TAGGED_AT = 4;

  /** JSON as stored. */
  public static final int TAGS = 5;

  /** The same, of what a storage says of the file, such as the entity tag of an object. */
  public static final int METADATA = 6;

  /** All columns of a part. */
  public static final List<Column> COLUMNS =
      List.of(
          Column.text("path"),
          Column.number("size"),
          Column.text("row"),
          Column.number("modified").orNull(),
          Column.number("tagged_at").orNull(),
          Column.text("tags").orNull(),
          Column.text("metadata").orNull());

  private ExportSchema() {}

  /** The name of a part: parts of a dataset sort in their order. */
  static String part(int number) {
    return "part-%05d.parquet".formatted(number);
  }
}
