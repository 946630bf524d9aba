package io.admix.engine.run;

import io.admix.files.Leftovers;
import io.admix.files.object.ObjectStore;

/** Files out of objects. */
record DownloadMakers(
    ObjectStore store,
    StorePatience patience,
    SourceRoots roots,
    TargetFolders targets,
    Leftovers leftovers)
    implements EntryMakers {

  @Override
  public EntryMaker open() {
    return new DownloadMaker(this);
  }

  @Override
  public long backOffs() {
    return store.backOffs() + patience.waits();
  }

  @Override
  public void close() {
    roots.close();
  }
}
