package io.admix.engine.plan;

import io.admix.catalog.Actor;
import io.admix.catalog.Catalog;
import io.admix.catalog.Dataset;
import io.admix.core.recipe.Node;
import io.admix.engine.AllowedRoots;
import io.admix.engine.ConflictException;
import io.admix.engine.NotThereException;
import io.admix.engine.settings.Settings;
import java.time.InstantSource;
import java.util.SequencedMap;

/**
 * What recipes would give, told while they are being written: by the catalogue and the rules of a
 * plan, without a plan, reading no file. What was counted is remembered for half a minute, or
 * longer where it took long, unless the dataset changes. Safe for use by many threads.
 */
public interface Previews {

  /**
   * A preview of a document as the service takes it, finished or not. Datasets that the actor may
   * not see are not there.
   */
  Preview preview(Actor actor, Node document);

  /**
   * The labels of a dataset with their values and how many files have each, most frequent first;
   * ten thousand values, or as bounded as {@link io.admix.catalog.Distribution}.
   */
  SequencedMap<String, SequencedMap<String, Long>> labels(Actor actor, String idOrName)
      throws NotThereException, ConflictException;

  /** Whether a dataset, or a task that makes one, has this name already. */
  boolean isTaken(Actor actor, String name);

  /** How a recipe of the actor's names a dataset: by its name, unless that means another one. */
  String reference(Actor actor, Dataset dataset);

  /** Over one catalogue. */
  static Previews of(Catalog catalog, Settings settings) {
    return new CatalogPreviews(
        catalog,
        AllowedRoots.of(settings),
        settings.server().dataRoot(),
        settings.zone(),
        InstantSource.system());
  }
}
