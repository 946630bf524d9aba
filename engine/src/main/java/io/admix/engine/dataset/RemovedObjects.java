package io.admix.engine.dataset;

import io.admix.engine.flow.Abreast;
import io.admix.engine.place.Place;
import io.admix.engine.run.ObjectMix;
import io.admix.engine.verify.EntryMarks;
import io.admix.engine.verify.MadeObject;
import io.admix.engine.verify.ManifestEntry;
import io.admix.engine.verify.ManifestHeader;
import io.admix.engine.verify.ManifestReader;
import io.admix.files.object.Mark;
import io.admix.files.object.ObjectPlace;
import io.admix.files.object.ObjectRemover;
import io.admix.files.object.ObjectStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Deletes what was published as objects, and nothing else: the marker first, so that readers that
 * look for it see nothing any more; each object only if it has the entity tag of the manifest and
 * our mark; the claim last.
 */
final class RemovedObjects {
  private static final int AT_ONCE = 32;

  private final ObjectStore store;
  private final ObjectPlace place;
  private final DatasetService.Progress progress;
  private final AtomicLong deleted = new AtomicLong();

  RemovedObjects(ObjectStore store, ObjectPlace place, DatasetService.Progress progress) {
    this.store = store;
    this.place = place;
    this.progress = progress;
  }

  /**
   * @return objects deleted
   */
  long delete(Path manifest) throws IOException, InterruptedException {
    ObjectRemover remover = new ObjectRemover(store);
    try (ManifestReader reader = ManifestReader.open(manifest);
        Abreast requests = new Abreast(AT_ONCE)) {
      ManifestHeader header = reader.header();
      ObjectMix mix = new ObjectMix(store, place, header.taskId());
      mix.removeMarker();
      Map<String, Place> sources = new HashMap<>();
      header.sources().forEach(source -> sources.put(source.name(), Place.parse(source.root())));
      for (Optional<ManifestEntry> e = reader.next(); e.isPresent(); e = reader.next()) {
        ManifestEntry entry = e.get();
        MadeObject object = entry.object();
        Place source = sources.get(entry.source());
        if (object != null && object.isOurs() && source != null) {
          @Nullable Mark mark =
              object.isMarked() ? EntryMarks.of(header.taskId(), source, entry) : null;
          requests.run(
              () -> count(remover.remove(place.object(entry.path()), object.etag(), mark)));
        }
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
      }
      requests.join();
      mix.removeClaim();
    }
    return deleted.get();
  }

  private void count(ObjectRemover.Removal removal) {
    boolean isRemoved =
        removal == ObjectRemover.Removal.REMOVED
            || removal == ObjectRemover.Removal.REMOVED_AFTER_LOOK;
    if (isRemoved) {
      long now = deleted.incrementAndGet();
      if (now % 1_000 == 0) {
        progress.at(DatasetService.Step.DELETE, now, -1);
      }
    }
  }
}
