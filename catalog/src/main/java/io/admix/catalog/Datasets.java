package io.admix.catalog;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Datasets and their files. */
public interface Datasets {

  /**
   * The ACTIVE dataset of this name.
   *
   * @throws CatalogException when several of another system have it; the message names their ids
   */
  Optional<Dataset> find(String name);

  /** The dataset in whatever state. */
  Optional<Dataset> byId(String id);

  /** All ACTIVE datasets by name (bytes of UTF-8). */
  List<Dataset> list();

  /**
   * Registers a folder's files: the dataset is ACTIVE with all its rows when {@link
   * FileWriter#commit} returns, or not there at all. Each path is to be added once. A registration
   * whose process died leaves a DRAFT that the next registration or rescan removes: at once on the
   * same machine, else an hour after its last batch.
   *
   * @throws NameTakenException when the name is in use
   */
  FileWriter register(String name, String path, String type);

  /**
   * Replaces the rows of a registered dataset by what is written; rows of unchanged paths keep
   * their id, tags, tag time, metadata and annotation unless the new row brings its own. All or
   * nothing.
   */
  FileWriter rescan(Dataset dataset);

  /**
   * Records that a mix is about to be removed: from now on nobody finds it, and its name and folder
   * stay claimed until {@link #remove}. To be called before the first of its files goes, so that no
   * visible row is without its file and an interrupted removal is found again. Durable when it
   * returns; a removal that was begun before is begun.
   *
   * @throws CatalogException as {@link #remove}
   */
  void beginRemoval(Dataset dataset);

  /** Mixes whose removal has begun and not ended. */
  List<Dataset> removing();

  /**
   * Unregisters a dataset: rows, claims, nothing on disk.
   *
   * @throws CatalogException when an unfinished task uses it; the message names the task
   */
  void remove(Dataset dataset);

  /**
   * Streams the dataset's ACTIVE files in one snapshot, holding one page of rows in memory. The row
   * object is reused, and may be asked only while it is visited. Rows of a {@link
   * Dataset.Kind#FOREIGN} dataset come in the order of their paths' bytes, so that several rows of
   * one file are neighbours; of other datasets each path has one row.
   */
  ScanSummary scan(Dataset dataset, Set<Column> columns, RowVisitor visitor);

  /** What {@code dataset show} prints, computed by the database or in one streaming pass. */
  Distribution distribution(Dataset dataset);

  /** Columns beyond path, size and id that a scan reads. */
  enum Column {
    TAGS,
    TAGGED_AT,
    MODIFIED,
    CHECK_SUM
  }

  /** Receives rows. */
  @FunctionalInterface
  interface RowVisitor {
    void row(FileRow row);
  }
}
