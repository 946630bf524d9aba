package io.admix.engine.demo;

import io.admix.catalog.Actor;
import io.admix.catalog.Dataset;
import io.admix.engine.RefusedException;
import io.admix.engine.dataset.SharedDatasets;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Gives a caller of a service small datasets to try things out with. */
public interface DemoData {

  /**
   * Makes the files, once for all callers, in a folder of the service; registers them for the actor
   * unless he has or sees a dataset of that name already.
   *
   * @throws RefusedException when what is in their place cannot be registered
   * @throws IOException when the files cannot be written; each dataset's folder is there whole or
   *     not at all
   */
  Made make(Actor actor) throws IOException, InterruptedException, RefusedException;

  /**
   * The demo datasets.
   *
   * @param made just now
   * @param there before
   */
  record Made(List<Dataset> made, List<Dataset> there) {
    public Made {
      made = List.copyOf(made);
      there = List.copyOf(there);
    }
  }

  /**
   * With its files below one folder.
   *
   * @param dataRoot where the service keeps what it makes
   */
  static DemoData of(SharedDatasets datasets, Path dataRoot) {
    return new ServiceDemo(datasets, DemoFiles.in(dataRoot));
  }
}
