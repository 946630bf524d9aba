package io.admix.engine.ratio;

import io.admix.catalog.Actor;
import io.admix.catalog.DataMateDataset;
import io.admix.catalog.Page;
import io.admix.catalog.RatioInstance;
import io.admix.catalog.RatioQuery;
import io.admix.engine.RefusedException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * DataMate's ratio tasks over its own tables: its rows are shown beside ours, and never run. An
 * actor sees and deletes what he made and what {@code system} made. Safe for use by many threads.
 */
public interface RatioTasks {

  /**
   * Records a task, which is run soon: flat, each source's files as far as they go, every file by
   * hard link, else symbolic link, else copy; a file that cannot be placed is replaced by another
   * of its source, or nothing is published.
   *
   * @throws RatioRefusedException when a dataset is not there (the first in order is told), the
   *     name is blank, or taken, also by datasets; looked at in this order
   * @throws io.admix.engine.task.QueueFullException when too many tasks of the actor wait
   */
  RatioCreated create(Actor actor, RatioRequest request) throws RefusedException, IOException;

  /** Newest first. */
  Page<RatioInstance> list(Actor actor, RatioQuery query);

  /** Those among them that DataMate itself left: they are shown, and nobody runs them. */
  Page<RatioInstance> foreign(Actor actor, RatioQuery query);

  Optional<RatioDetails> find(Actor actor, String id) throws RefusedException;

  /**
   * Deletes tasks: one that is not finished is cancelled first, a dataset that was published stays.
   * Ids of which the actor sees no task are passed over. One that cannot be deleted keeps none of
   * the others.
   *
   * @throws RatioUndeletedException naming those that could not be deleted; all others are
   * @throws io.admix.catalog.CatalogUnavailableException while the database is away; those before
   *     are deleted, and asking again goes on with the rest
   */
  void delete(Actor actor, List<String> ids) throws RatioUndeletedException, InterruptedException;

  /** What may be chosen from, newest first. */
  Page<DataMateDataset> datasets(Actor actor, DataMateDataset.Query query);

  /** One dataset with the labels of its files, which reads all its rows. */
  Optional<RatioDataset> dataset(Actor actor, String id);
}
