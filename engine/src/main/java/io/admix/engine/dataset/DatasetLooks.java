package io.admix.engine.dataset;

import io.admix.catalog.Actor;
import io.admix.catalog.Catalog;
import io.admix.catalog.Dataset;
import io.admix.catalog.FilePage;
import io.admix.engine.AllowedRoots;
import io.admix.engine.ConflictException;
import io.admix.engine.NotThereException;
import io.admix.engine.place.LazyStore;
import io.admix.engine.settings.Settings;
import io.admix.files.FileAccess;
import java.util.List;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/**
 * What people look at in datasets: files by a search, the beginning of one file, what was made of a
 * dataset. As with {@link SharedDatasets}, what an actor may not see is answered as what is not
 * there. Safe for use by many threads.
 */
public interface DatasetLooks {

  /** Bytes of a text that are shown at most. */
  int TEXT_BYTES_MOST = 64 << 10;

  /** Bytes of an image that is shown at most. */
  int IMAGE_BYTES_MOST = 10 << 20;

  /** Uses of one dataset that are told at most. */
  int USES_MOST = 100;

  /**
   * Files whose path below the dataset's folder contains a text, whatever the case; a rare text
   * makes the database look at all rows that follow.
   *
   * @param contained empty for all files
   * @param after {@link FilePage#next} of the page before, null for the first
   * @param size 1 to {@link SharedDatasets#FILES_MOST}
   */
  FilePage files(Actor actor, String idOrName, String contained, @Nullable String after, int size)
      throws NotThereException, ConflictException;

  /** Names of the labels that some files of a dataset have: a few rows are looked at. */
  SortedSet<String> labelNames(Actor actor, String idOrName)
      throws NotThereException, ConflictException;

  /** Mixes that were made of a dataset, are still there, and may be seen; the newest first. */
  List<Use> uses(Actor actor, String idOrName) throws NotThereException, ConflictException;

  /**
   * The beginning of one file, by the id of its row. A symbolic link that was catalogued is
   * followed where it leads to what the actor may read.
   *
   * @throws NotThereException when the dataset has no such file
   */
  Preview preview(Actor actor, String idOrName, String fileId)
      throws NotThereException, ConflictException;

  /**
   * A whole image, of at most {@link #IMAGE_BYTES_MOST}.
   *
   * @throws NotThereException when the dataset has no such file, or it is no image that is shown
   */
  Image image(Actor actor, String idOrName, String fileId)
      throws NotThereException, ConflictException;

  /**
   * A mix that was made of a dataset.
   *
   * @param taskId that made it
   */
  record Use(Dataset mix, String taskId, @Nullable String taskName) {}

  /**
   * An image.
   *
   * @param mediaType by its first bytes, never by its name
   */
  record Image(byte[] bytes, String mediaType) {}

  /** Over one catalogue, below the roots of the settings. */
  static DatasetLooks of(
      Catalog catalog,
      SharedDatasets datasets,
      FileAccess access,
      LazyStore objects,
      Settings settings) {
    AllowedRoots roots = AllowedRoots.of(settings);
    return new CatalogLooks(
        catalog,
        datasets,
        new CataloguedFiles(catalog, access, new ObjectHeads(objects, roots), roots));
  }
}
