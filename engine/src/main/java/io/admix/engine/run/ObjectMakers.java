package io.admix.engine.run;

import io.admix.core.plan.PlanEntry;
import io.admix.engine.place.Place;
import io.admix.engine.verify.EntryMarks;
import io.admix.files.object.Mark;
import io.admix.files.object.ObjectKey;
import io.admix.files.object.ObjectPlace;
import io.admix.files.object.ObjectPlacer;
import io.admix.files.object.ObjectRemover;
import io.admix.files.object.ObjectStore;
import java.util.List;

/**
 * Objects out of objects and files, directly under their final names.
 *
 * @param taskId by which they are marked
 * @param target below which they are made
 * @param roots of the sources, those of files open
 */
record ObjectMakers(
    String taskId,
    ObjectPlace target,
    ObjectStore store,
    ObjectPlacer placer,
    StorePatience patience,
    SourceRoots roots)
    implements EntryMakers {

  @Override
  public EntryMaker open() {
    return new ObjectMaker(this);
  }

  @Override
  public long backOffs() {
    return store.backOffs() + patience.waits();
  }

  ObjectRemover remover() {
    return new ObjectRemover(store);
  }

  /** The mark of what is made of an entry, for this task. */
  static Mark mark(String taskId, Place root, PlanEntry entry) {
    return EntryMarks.of(
        taskId, root, entry.sourcePath(), entry.size(), entry.etag(), entry.seen().modifiedNs());
  }

  static ObjectKey source(Place root, PlanEntry entry) {
    return root.objects().object(entry.sourcePath());
  }

  /** Places of sources in the order of a plan, read once. */
  static List<Place> places(SourceRoots roots) {
    return roots.all().stream().map(source -> source.place()).toList();
  }

  @Override
  public void close() {
    roots.close();
  }
}
