package io.admix.engine.demo;

import io.admix.catalog.Actor;
import io.admix.catalog.Dataset;
import io.admix.engine.ConflictException;
import io.admix.engine.NotThereException;
import io.admix.engine.RefusedException;
import io.admix.engine.dataset.DatasetService.AddRequest;
import io.admix.engine.dataset.DatasetService.Checksums;
import io.admix.engine.dataset.DatasetService.FolderLabels;
import io.admix.engine.dataset.SharedDatasets;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Demo datasets of a service. */
final class ServiceDemo implements DemoData {
  private final SharedDatasets datasets;
  private final Path folder;

  ServiceDemo(SharedDatasets datasets, Path folder) {
    this.datasets = datasets;
    this.folder = folder;
  }

  @Override
  public Made make(Actor actor) throws IOException, InterruptedException, RefusedException {
    List<Dataset> made = new ArrayList<>();
    List<Dataset> there = new ArrayList<>();
    for (DemoSet set : DemoSet.values()) {
      Optional<Dataset> known = find(actor, set.dataset());
      if (known.isPresent()) {
        there.add(known.get());
      } else {
        register(actor, set, made, there);
      }
    }
    return new Made(made, there);
  }

  /** Somebody may have asked for the demo at the same time: then it is there. */
  private void register(Actor actor, DemoSet set, List<Dataset> made, List<Dataset> there)
      throws IOException, InterruptedException, RefusedException {
    try {
      made.add(datasets.registerNow(actor, request(set)));
    } catch (ConflictException taken) {
      there.add(find(actor, set.dataset()).orElseThrow(() -> taken));
    }
  }

  private AddRequest request(DemoSet set) throws IOException {
    return new AddRequest(
        set.dataset(),
        DemoFiles.make(set, folder),
        set.type(),
        null,
        FolderLabels.FIRST_FOLDER,
        Checksums.NONE);
  }

  private Optional<Dataset> find(Actor actor, String name) throws RefusedException {
    try {
      return Optional.of(datasets.find(actor, name));
    } catch (NotThereException e) {
      return Optional.empty();
    }
  }
}
