package io.admix.engine.verify;

import io.admix.core.name.Printable;
import io.admix.engine.place.Place;
import io.admix.files.object.FaultKind;
import io.admix.files.object.Mark;
import io.admix.files.object.ObjectFault;
import io.admix.files.object.ObjectHead;
import io.admix.files.object.ObjectKey;
import io.admix.files.object.ObjectPages;
import io.admix.files.object.ObjectPlace;
import io.admix.files.object.ObjectStat;
import io.admix.files.object.ObjectStore;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A published place of objects. Identity is entity tag, size and mark. */
final class PublishedObjects implements Published {
  private static final String MARKER = ObjectPlace.OWN_FOLDER + "manifest.jsonl";

  private final ObjectStore store;
  private final ObjectPlace place;
  private final String taskId;

  PublishedObjects(ObjectStore store, ObjectPlace place, String taskId) {
    this.store = store;
    this.place = place;
    this.taskId = taskId;
  }

  @Override
  public Optional<ObjectKey> objectOf(ManifestEntry entry) {
    return Optional.of(place.object(entry.path()));
  }

  @Override
  public String damage(ManifestEntry entry, Sources sources, @Nullable ObjectHeads heads) {
    MadeObject made = entry.object();
    if (made == null || heads == null) {
      return "the manifest does not tell which object it was";
    }
    Optional<ObjectHead> found = heads.of(place.object(entry.path()));
    if (found.isEmpty()) {
      return GONE;
    }
    ObjectStat stat = found.get().stat();
    if (stat.size() != entry.size()) {
      return "has %,d bytes, had %,d".formatted(stat.size(), entry.size());
    }
    if (!stat.etag().equals(made.etag())) {
      return "is another object: entity tag %s, was %s".formatted(stat.etag(), made.etag());
    }
    Place source = sources.place(entry);
    Mark mark = found.get().mark().orElse(null);
    if (mark == null) {
      return made.isMarked() ? "was written anew with the same bytes, not by Admix" : "";
    }
    if (source == null || mark.equals(EntryMarks.of(taskId, source, entry))) {
      return "";
    }
    return "was written anew, for something else (" + mark.value() + ")";
  }

  @Override
  public String missingMarker() throws ObjectFault {
    try {
      ObjectHead head = store.head(place.object(MARKER), null);
      boolean isOurs = head.mark().filter(m -> m.value().startsWith(taskId + "/")).isPresent();
      return isOurs ? "" : MARKER + " is not the one that was published";
    } catch (ObjectFault f) {
      if (f.kind() == FaultKind.NO_SUCH_KEY) {
        return MARKER + " is gone: readers that look for it take the mix for unfinished";
      }
      throw f;
    }
  }

  @Override
  public void extras(PathSet known, Extra visitor) throws ObjectFault {
    ObjectPages pages = new ObjectPages(store, place);
    while (pages.next()) {
      for (ObjectStat stat : pages.objects()) {
        String path = stat.key().substring(place.prefix().length());
        boolean isOwn = path.startsWith(ObjectPlace.OWN_FOLDER) || path.endsWith("/");
        if (!isOwn && !known.contains(path)) {
          visitor.path(Printable.of(path));
        }
      }
    }
  }

  @Override
  public void close() {
    // The store is the engine's.
  }
}
