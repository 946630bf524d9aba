package io.admix.engine.lineage;

import io.admix.catalog.Actor;
import io.admix.catalog.Catalog;
import io.admix.catalog.Dataset;
import io.admix.engine.NotThereException;
import io.admix.engine.RefusedException;
import io.admix.engine.dataset.SharedDatasets;
import io.admix.engine.verify.ManifestEntry;
import io.admix.engine.verify.ManifestHeader;
import io.admix.engine.verify.ManifestReader;
import io.admix.engine.verify.Manifests;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Lineage over one catalogue and one state folder. */
final class LineageReader implements LineageGraph {
  private final Catalog catalog;
  private final SharedDatasets datasets;
  private final Manifests manifests;

  LineageReader(Catalog catalog, SharedDatasets datasets, Path stateDir) {
    this.catalog = catalog;
    this.datasets = datasets;
    this.manifests = new Manifests(catalog, stateDir);
  }

  @Override
  public Graph around(Actor actor, String datasetId, int maxNodes) throws RefusedException {
    if (maxNodes < 1 || maxNodes > NODES_MOST) {
      throw new IllegalArgumentException(
          maxNodes + " nodes: 1 to " + NODES_MOST + " are shown at a time");
    }
    return new GraphWalk(catalog, actor, maxNodes).from(datasets.find(actor, datasetId));
  }

  @Override
  public Optional<Origin> originOf(Actor actor, String datasetId, String path)
      throws IOException, RefusedException {
    Dataset dataset = datasets.find(actor, datasetId);
    Path manifest =
        manifests
            .of(dataset)
            .orElseThrow(() ->
                new NotThereException(
                    "There is no manifest of the dataset %s: only a mix that Admix made has one."
                        .formatted(dataset.name())));
    Optional<ManifestEntry> entry = manifests.find(dataset, manifest, path);
    if (entry.isEmpty()) {
      return Optional.empty();
    }
    try (ManifestReader reader = ManifestReader.open(manifest)) {
      return entry.map(found -> origin(actor, found, reader.header()));
    }
  }

  private Origin origin(Actor actor, ManifestEntry entry, ManifestHeader header) {
    @Nullable String id =
        header.sources().stream()
            .filter(source -> source.name().equals(entry.source()))
            .findFirst()
            .map(ManifestHeader.Source::datasetId)
            .orElse(null);
    @Nullable String name =
        id == null
            ? null
            : catalog
                .datasets()
                .byId(id)
                .filter(dataset -> actor.maySee(dataset.owner()))
                .map(Dataset::name)
                .orElse(null);
    return new Origin(
        entry.path(), entry.source(), id, name, entry.from(), entry.method(), entry.size());
  }
}
