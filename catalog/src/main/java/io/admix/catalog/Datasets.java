package io.admix.catalog;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/** Datasets and their files. */
public interface Datasets {

  /** As {@link #find(Actor, String)} for the command line. */
  default Optional<Dataset> find(String name) {
    return find(Actor.SYSTEM, name);
  }

  /**
   * The ACTIVE dataset of this name: the actor's own, else the system's, else one that he may see.
   * Of several the one that Admix made.
   *
   * @throws AmbiguousNameException when several are left; the message names their ids
   */
  Optional<Dataset> find(Actor actor, String name);

  /** The dataset in whatever state. */
  Optional<Dataset> byId(String id);

  /**
   * What a recipe means by a dataset: by its name as {@link #find(Actor, String)}, else by its id.
   * By its id one of another system is found in every state.
   *
   * @throws AmbiguousNameException when several have the name
   */
  default Optional<Dataset> resolve(Actor actor, String nameOrId) {
    Optional<Dataset> named = find(actor, nameOrId);
    return named.isPresent() ? named : resolveId(actor, nameOrId);
  }

  /** As {@link #resolve}, of an id alone. */
  default Optional<Dataset> resolveId(Actor actor, String id) {
    return byId(id).filter(dataset -> actor.maySee(dataset.owner())).filter(Dataset::isWhole);
  }

  /** All ACTIVE datasets by name (bytes of UTF-8). */
  List<Dataset> list();

  /** A page of the datasets that the actor may see. */
  Page<Dataset> list(Actor actor, DatasetQuery query);

  /**
   * Names of ACTIVE datasets that the actor may see, at most so many: what near ones are found in.
   */
  List<String> names(Actor actor, int most);

  /** Whether one of these paths is the folder of a dataset that the actor may see. */
  boolean hasFolder(Actor actor, Collection<String> paths);

  /**
   * ACTIVE datasets that the actor may see whose folder is one of these paths, by name; at most
   * 1,000 of each 64 paths.
   */
  List<Dataset> inFolders(Actor actor, Collection<String> paths);

  /** As {@link #files(Dataset, String, String, int)}, of all files. */
  default FilePage files(Dataset dataset, @Nullable String after, int size) {
    return files(dataset, null, after, size);
  }

  /**
   * ACTIVE files of a dataset for a look at them, in the order of their rows' ids; those whose path
   * leaves the dataset's folder are left out.
   *
   * @param contained in the path below the dataset's folder, whatever the case; null for any
   * @param after {@link FilePage#next} of the page before, or null
   * @param size rows at most
   */
  FilePage files(Dataset dataset, @Nullable String contained, @Nullable String after, int size);

  /** One ACTIVE file by the id of its row, unless its path leaves the dataset's folder. */
  Optional<DatasetFile> file(Dataset dataset, String id);

  /** Names of the labels that some of the files have, in order: a few rows are looked at. */
  SortedSet<String> labelNames(Dataset dataset);

  /**
   * Registers a folder's files for an owner: the dataset is ACTIVE with all its rows when {@link
   * FileWriter#commit} returns, or not there at all. Each path is to be added once. A registration
   * whose process died leaves a DRAFT that the next registration or rescan removes: at once on the
   * same machine, else an hour after its last batch.
   *
   * @param labelling kept with the dataset, for rescans; null when nobody knows
   * @throws NameTakenException when the name is in use
   */
  FileWriter register(
      String owner, String name, String path, String type, @Nullable Labelling labelling);

  /** As above, of which nobody knows how its files got their labels. */
  default FileWriter register(String owner, String name, String path, String type) {
    return register(owner, name, path, type, null);
  }

  /** As {@link #register(String, String, String, String)}, for everybody to see. */
  default FileWriter register(String name, String path, String type) {
    return register(Actor.SYSTEM.owner(), name, path, type);
  }

  /**
   * Replaces the rows of a registered dataset by what is written; rows of unchanged paths keep
   * their id and annotation, their tags and tag time if they have tags, and their metadata unless
   * the new row brings its own. All or nothing.
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
   * Unregisters a dataset: rows, claims, nothing on disk. One transaction; after {@link
   * #beginRemoval} the rows go before it in many, and the same call goes on after a crash.
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
    CHECK_SUM,
    METADATA
  }

  /** Receives rows. */
  @FunctionalInterface
  interface RowVisitor {
    void row(FileRow row);
  }
}
