package io.admix.engine.dataset;

import io.admix.catalog.Actor;
import io.admix.catalog.Catalog;
import io.admix.catalog.Dataset;
import io.admix.catalog.DatasetQuery;
import io.admix.catalog.FilePage;
import io.admix.catalog.Matching;
import io.admix.catalog.Page;
import io.admix.catalog.PageRequest;
import io.admix.core.recipe.Filter;
import io.admix.engine.AllowedRoots;
import io.admix.engine.ConflictException;
import io.admix.engine.FieldsException;
import io.admix.engine.NotThereException;
import io.admix.engine.NotYoursException;
import io.admix.engine.RefusedException;
import io.admix.engine.place.LazyStore;
import io.admix.engine.settings.Settings;
import io.admix.files.FileAccess;
import java.io.IOException;
import java.io.OutputStream;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Datasets of many owners. An actor sees his own and the system's, and what he may not see is
 * answered as what is not there ({@link NotThereException}). Safe for use by many threads.
 */
public interface SharedDatasets extends AutoCloseable {

  /** Files of one page of {@link #files} at most. */
  int FILES_MOST = 1_000;

  /** Filters of one {@link #matching} at most. */
  int FILTERS_MOST = 100;

  Page<Dataset> list(Actor actor, DatasetQuery query);

  /**
   * The dataset of this name (the actor's own before the system's), or of this id.
   *
   * @throws ConflictException when several have the name: the message says their ids
   */
  Dataset find(Actor actor, String idOrName) throws NotThereException, ConflictException;

  /**
   * A dataset with the distribution of its labels, sizes and times, which is bounded in size
   * whatever the dataset holds. Reads all its rows.
   */
  DatasetService.Details show(Actor actor, String idOrName)
      throws NotThereException, ConflictException;

  /** What a filter lets pass, counted in one pass over the rows. */
  default Matching matching(Actor actor, String idOrName, Filter filter)
      throws NotThereException, ConflictException {
    return matching(actor, idOrName, List.of(filter)).getFirst();
  }

  /**
   * What each filter lets pass by itself, in their order, in one pass over the rows.
   *
   * @param filters at most {@link #FILTERS_MOST}, with good patterns, as a validated recipe's
   */
  List<Matching> matching(Actor actor, String idOrName, List<Filter> filters)
      throws NotThereException, ConflictException;

  /**
   * Files as they are recorded, for a look at them; in no order that means anything.
   *
   * @param after {@link FilePage#next} of the page before, null for the first
   * @param size 1 to {@link #FILES_MOST}
   */
  FilePage files(Actor actor, String idOrName, @Nullable String after, int size)
      throws NotThereException, ConflictException;

  /**
   * Begins to register a folder for the actor, in the background. The dataset is there whole when
   * the job is DONE, and not at all before.
   *
   * @throws FieldsException when name, folder, type or tags are wrong; a folder is wrong that does
   *     not lie below an allowed root (its real path, after symbolic links), or holds what Admix
   *     keeps for itself
   * @throws ConflictException when the name is taken or being registered, or too many jobs run
   */
  ScanJob register(Actor actor, DatasetService.AddRequest request)
      throws FieldsException, ConflictException;

  /**
   * As {@link #register}, of a folder that is known to be small: the dataset is there when it
   * returns.
   *
   * @throws RefusedException as {@link #register}, and when the folder holds no file
   */
  Dataset registerNow(Actor actor, DatasetService.AddRequest request)
      throws IOException, InterruptedException, RefusedException;

  /**
   * Begins to read the folder of one of the actor's datasets again, in the background: all or
   * nothing.
   *
   * @throws RefusedException when it is no registered folder, or its folder is not below an allowed
   *     root any more
   */
  ScanJob rescan(Actor actor, String idOrName, DatasetService.Checksums checksums)
      throws RefusedException;

  /** A job of the actor's; one that ended is known for an hour, until this process ends. */
  Optional<ScanJob> scan(Actor actor, String scanId);

  /** The actor's jobs, the newest first. */
  Page<ScanJob> scans(Actor actor, PageRequest page);

  /**
   * Asks a job to stop; it is CANCELLED soon, and nothing of it stays. One that ended stays as it
   * is.
   */
  ScanJob cancelScan(Actor actor, String scanId) throws NotThereException;

  /**
   * Unregisters one of the actor's datasets; a folder that was registered is never touched.
   *
   * @return files deleted
   * @throws ConflictException when an unfinished task uses it
   * @throws NotYoursException when it is somebody else's
   * @throws RefusedException when its files are not Admix's to delete
   */
  long remove(Actor actor, String idOrName, DatasetService.Files files)
      throws IOException, InterruptedException, RefusedException;

  /**
   * Writes the manifest of a dataset that Admix made, as JSON Lines.
   *
   * @throws RefusedException when it has none
   */
  void manifest(Actor actor, String idOrName, OutputStream out)
      throws IOException, RefusedException;

  /** Stops the jobs that run, and waits for their end. */
  @Override
  void close();

  /** Over one catalogue and one state folder. */
  static SharedDatasets of(
      Catalog catalog, FileAccess access, LazyStore objects, Settings settings) {
    return new ActorDatasets(
        catalog, access, objects, settings, AllowedRoots.of(settings), InstantSource.system());
  }

  /** The same, with a store of its own that nothing closes. */
  static SharedDatasets of(Catalog catalog, FileAccess access, Settings settings) {
    return of(catalog, access, new LazyStore(settings.s3().store()), settings);
  }
}
