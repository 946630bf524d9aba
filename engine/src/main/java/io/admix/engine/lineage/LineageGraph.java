package io.admix.engine.lineage;

import io.admix.catalog.Actor;
import io.admix.catalog.Catalog;
import io.admix.core.recipe.LinkMethod;
import io.admix.engine.NotThereException;
import io.admix.engine.RefusedException;
import io.admix.engine.dataset.SharedDatasets;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads what mixes were made of. Safe for use by many threads. */
public interface LineageGraph {

  /** Nodes of one graph at most. */
  int NODES_MOST = 1_000;

  /**
   * What a dataset was made of and what was made of it, the nearest first, until {@code maxNodes}
   * nodes are there. Datasets that the actor may not see stand in it without a name, and what lies
   * behind them does not.
   *
   * @param datasetId or its name
   * @param maxNodes 1 to {@link #NODES_MOST}
   * @throws NotThereException when the dataset is not there for the actor
   * @throws RefusedException when several have the name
   */
  Graph around(Actor actor, String datasetId, int maxNodes) throws RefusedException;

  /**
   * Where one file of a mix came from, as its manifest says; empty when the mix has no such file.
   * The manifest is read from end to end, since its seal is at the end, holding one line.
   *
   * @param path below the dataset's folder
   * @throws NotThereException when the dataset is not there for the actor, or has no manifest
   * @throws IOException when the manifest cannot be read, or was damaged
   */
  Optional<Origin> originOf(Actor actor, String datasetId, String path)
      throws IOException, RefusedException;

  /**
   * Where a file came from.
   *
   * @param path below the folder of the mix
   * @param source name of the recipe's source
   * @param sourceDatasetId null when the source was a folder
   * @param sourceDataset name of that dataset now, null for a folder, or when it is gone or not the
   *     actor's to see
   * @param from path of the source file below its source's folder
   * @param method that made the file
   */
  record Origin(
      String path,
      String source,
      @Nullable String sourceDatasetId,
      @Nullable String sourceDataset,
      String from,
      LinkMethod method,
      long size) {}

  /** Over one catalogue and the manifests below one state folder. */
  static LineageGraph of(Catalog catalog, SharedDatasets datasets, Path stateDir) {
    return new LineageReader(catalog, datasets, stateDir);
  }
}
