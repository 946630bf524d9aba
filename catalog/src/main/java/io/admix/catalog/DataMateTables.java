package io.admix.catalog;

import java.util.List;
import java.util.Optional;

/**
 * DataMate's tables as its own interface reads them: its rows and ours alike, of which each actor
 * sees what he made and what {@code system} made.
 */
public interface DataMateTables {

  /** Newest first. */
  Page<RatioInstance> instances(Actor actor, RatioQuery query);

  /** Those among them that are none of ours. */
  Page<RatioInstance> foreign(Actor actor, RatioQuery query);

  Optional<RatioInstance> instance(Actor actor, String id);

  /** The sources of a ratio task in the order in which they were written. */
  List<RatioInstance.Relation> relations(String instanceId);

  /** Whether the actor sees a ratio task of this name, which is given without blanks around it. */
  boolean isNameTaken(Actor actor, String name);

  /**
   * Deletes the rows of a ratio task that the actor sees and that is none of ours, in whatever
   * state it is.
   *
   * @return whether there was one
   */
  boolean deleteForeign(Actor actor, String id);

  /**
   * Newest first. Datasets that are being registered, and those whose removal has begun, are not
   * among them.
   */
  Page<DataMateDataset> datasets(Actor actor, DataMateDataset.Query query);

  Optional<DataMateDataset> dataset(Actor actor, String id);
}
