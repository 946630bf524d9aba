package io.admix.engine.run;

import io.admix.core.plan.PlanEntry;
import io.admix.engine.flow.Abreast;
import io.admix.engine.place.Place;
import io.admix.engine.plan.PlanHeader;
import io.admix.engine.plan.PlanRun;
import io.admix.engine.plan.SealedPlan;
import io.admix.engine.verify.MadeObject;
import io.admix.engine.verify.PathSet;
import io.admix.files.object.Mark;
import io.admix.files.object.ObjectKey;
import io.admix.files.object.ObjectPlace;
import io.admix.files.object.ObjectRemover;
import io.admix.files.object.ObjectStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;

/**
 * Removes the objects that a task's plan made, and nothing else: what has a receipt by its entity
 * tag, everything else at a planned name by the mark of this task and that entry.
 */
final class ObjectSweep {
  private final ClaimedPrefix prefix;
  private final ObjectRemover remover;
  private final ObjectPlace place;
  private final String taskId;
  private final List<Place> roots;
  private final Runnable stillOurs;

  ObjectSweep(
      ClaimedPrefix prefix,
      ObjectStore store,
      ObjectPlace place,
      String taskId,
      PlanHeader header,
      Runnable stillOurs) {
    this.prefix = prefix;
    this.remover = new ObjectRemover(store);
    this.place = place;
    this.taskId = taskId;
    this.roots = header.sources().stream().map(source -> source.place()).toList();
    this.stillOurs = stillOurs;
  }

  /**
   * Looks only at names that a listing shows: a cancel right after the start of a large mix costs
   * no request for what was never made.
   *
   * @param scratch for the set of names
   */
  void run(SealedPlan plan, Growing.Recorded recorded, Path scratch) throws IOException {
    long[] there = new long[1];
    prefix.each(stat -> there[0]++);
    if (there[0] == 0) {
      return;
    }
    Path file = scratch.resolve("names-there");
    Files.deleteIfExists(file);
    try (PathSet names = new PathSet(file, 2 * there[0]);
        Abreast requests = new Abreast(prefix.requestsAtOnce())) {
      long[] listed = new long[1];
      prefix.each(stat -> {
        if (listed[0]++ < 2 * there[0]) {
          names.add(stat.key().substring(place.prefix().length()));
        }
      });
      recorded.each((entries, results) -> removeRecorded(entries, results, names, requests));
      requests.join();
      Iterator<PlanRun> runs = plan.runs();
      while (runs.hasNext()) {
        removeMarked(plan.entries(runs.next()), names, requests);
      }
      requests.join();
    }
  }

  private void removeRecorded(
      List<PlanEntry> entries, List<EntryResult> results, PathSet names, Abreast requests)
      throws IOException {
    for (int i = 0; i < entries.size(); i++) {
      PlanEntry entry = entries.get(i);
      MadeObject object =
          results.get(i) instanceof EntryResult.Placed placed ? placed.object() : null;
      if (object != null && object.isOurs() && names.contains(entry.targetPath())) {
        requests.run(() -> {
          stillOurs.run();
          remover.remove(key(entry), object.etag(), object.isMarked() ? mark(entry) : null);
        });
      }
    }
  }

  private void removeMarked(List<PlanEntry> entries, PathSet names, Abreast requests)
      throws IOException {
    for (PlanEntry entry : entries) {
      if (names.contains(entry.targetPath())) {
        requests.run(() -> {
          stillOurs.run();
          remover.removeMarked(key(entry), mark(entry));
        });
      }
    }
  }

  private ObjectKey key(PlanEntry entry) {
    return place.object(entry.targetPath());
  }

  private Mark mark(PlanEntry entry) {
    return ObjectMakers.mark(taskId, roots.get(entry.source()), entry);
  }
}
