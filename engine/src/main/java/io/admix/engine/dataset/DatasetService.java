package io.admix.engine.dataset;

import io.admix.catalog.Catalog;
import io.admix.catalog.Dataset;
import io.admix.catalog.Distribution;
import io.admix.engine.RefusedException;
import io.admix.engine.place.LazyStore;
import io.admix.engine.place.Place;
import io.admix.files.FileAccess;
import io.admix.files.Scanner;
import io.admix.files.object.ObjectSettings;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Datasets as people handle them. Safe for use by many threads. */
public interface DatasetService {

  /** Registers a folder, or a place of objects: visible whole, or not at all. */
  Added add(AddRequest request, Progress progress)
      throws IOException, InterruptedException, RefusedException;

  /**
   * Reads the folder of a registered dataset again; files that stay keep their labels, new ones get
   * those of their folders if the dataset was registered so. Without {@code SHA256} a file of equal
   * size and time keeps its checksum, and any other has none; with it every file is read again.
   */
  Added rescan(String name, Checksums checksums, Progress progress)
      throws IOException, InterruptedException, RefusedException;

  List<Dataset> list();

  Details show(String name) throws RefusedException;

  /** Writes the manifest of a dataset that Admix made, as JSON Lines. */
  void manifest(String name, OutputStream out) throws IOException, RefusedException;

  /**
   * Unregisters a dataset; a folder that was registered is never touched.
   *
   * @return files deleted
   */
  long remove(String name, Files files, Progress progress)
      throws IOException, InterruptedException, RefusedException;

  /**
   * Whether the files of a dataset that Admix made go too: only those that are still what was
   * published, by inode, size and time.
   */
  enum Files {
    KEEP,
    DELETE
  }

  /** How labels are had. */
  enum FolderLabels {
    NONE,
    /** The first folder below the root is the value of label {@code folder}. */
    FIRST_FOLDER
  }

  /** Whether bytes are read for a checksum (sha-256). */
  enum Checksums {
    NONE,
    SHA256
  }

  /**
   * What to register.
   *
   * @param type TEXT, IMAGE, AUDIO, VIDEO or OTHER; null to tell from the extensions of most files
   * @param tags JSON Lines, or null
   */
  record AddRequest(
      String name,
      Place place,
      @Nullable String type,
      @Nullable Path tags,
      FolderLabels labels,
      Checksums checksums) {

    /** Of a folder. */
    public AddRequest(
        String name,
        Path folder,
        @Nullable String type,
        @Nullable Path tags,
        FolderLabels labels,
        Checksums checksums) {
      this(name, Place.of(folder), type, tags, labels, checksums);
    }
  }

  /**
   * What was registered.
   *
   * @param labelled files for which this reading knew labels
   * @param skipped of a place of objects {@code special} are markers of folders, and {@code
   *     undecodable} keys that are no path of a file
   * @param passedOver of a place of objects the same in words, with the first such keys; else null
   * @param unmatchedTags lines of the tags file whose file is not there
   */
  record Added(
      Dataset dataset,
      Scanner.Skipped skipped,
      @Nullable String passedOver,
      long labelled,
      long unmatchedTags,
      double seconds) {}

  record Details(Dataset dataset, Distribution distribution, @Nullable String taskId) {}

  /** Told now and then how far it is, by one thread at a time. */
  @FunctionalInterface
  interface Progress {
    /**
     * @param files done in this step
     * @param total of this step, -1 while it is not known
     */
    void at(Step step, long files, long total);

    Progress SILENT = (step, files, total) -> {};
  }

  /** What registering does, in this order. */
  enum Step {
    TAGS,
    SCAN,
    RECORD,
    DELETE
  }

  /**
   * Over one catalogue and one state folder.
   *
   * @param stateDir where manifests lie, and where scratch files are kept while a folder is read
   * @param zone in which times of a tags file without an offset are meant
   */
  static DatasetService of(
      Catalog catalog, FileAccess access, LazyStore objects, Path stateDir, ZoneId zone) {
    return new CatalogDatasets(catalog, access, objects, stateDir, zone);
  }

  /** The same, with objects reached as by default. */
  static DatasetService of(Catalog catalog, FileAccess access, Path stateDir, ZoneId zone) {
    return of(catalog, access, new LazyStore(ObjectSettings.DEFAULT), stateDir, zone);
  }
}
