package io.admix.engine.doctor;

import io.admix.engine.RefusedException;
import io.admix.engine.place.LazyStore;
import io.admix.engine.place.Place;
import io.admix.engine.place.StoreTrouble;
import io.admix.files.object.ObjectAbilities;
import io.admix.files.object.ObjectFault;
import io.admix.files.object.ObjectPlace;
import io.admix.files.object.ObjectProbe;
import io.admix.files.object.ObjectStat;
import io.admix.files.object.ObjectStore;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Tells what can be done between two places of which one at least holds objects. Of a source one
 * object is listed and looked at; below a target scratch objects are made under {@code _ADMIX/} and
 * removed again.
 */
public final class ObjectDoctor {
  private final LazyStore objects;
  private final List<String> notes = new ArrayList<>();
  private @Nullable String problem;

  public ObjectDoctor(LazyStore objects) {
    this.objects = objects;
  }

  /**
   * Examines the two; about twenty-five requests. Used once.
   *
   * @throws RefusedException when one contains the other, a folder is not there, or the store
   *     cannot be used at all: what was left behind is named
   */
  public ObjectReport examine(Place source, Place target) throws RefusedException {
    if (source.overlaps(target)) {
      throw new RefusedException(
          "The source %s and the target %s overlap: nothing is ever made inside a source. Name a target outside of it."
              .formatted(source, target));
    }
    try {
      ObjectStore store = objects.open();
      String key = source.isObjects() ? first(store, source) : folder(source);
      Boolean isEmpty = target.isObjects() ? isEmpty(store, target.objects()) : null;
      ObjectAbilities seen =
          target.isObjects() ? abilities(store, target.objects()) : noted(target);
      return new ObjectReport(
          source.toString(), target.toString(), store.name(), key, isEmpty, seen, problem, notes);
    } catch (ObjectFault e) {
      throw new RefusedException("The places cannot be examined: " + StoreTrouble.words(e));
    }
  }

  private static @Nullable String folder(Place source) throws RefusedException {
    if (!Files.isDirectory(source.folder())) {
      throw new RefusedException("The source " + source + " is no folder, or is not there.");
    }
    return null;
  }

  private @Nullable ObjectAbilities noted(Place target) {
    notes.add(
        "objects are fetched into "
            + target
            + " as copies, each checked by its size and entity tag");
    return null;
  }

  private @Nullable String first(ObjectStore store, Place source) throws ObjectFault {
    ObjectPlace place = source.objects();
    Optional<ObjectStat> first =
        store.list(place.bucket(), place.prefix(), null, 10).objects().stream()
            .filter(stat -> place.relative(stat.key()).isPresent())
            .findFirst();
    if (first.isEmpty()) {
      problem = "there is no object below " + source + ": mind bucket and prefix";
      return null;
    }
    String path = place.relative(first.get().key()).orElseThrow();
    store.head(place.object(path), null);
    return first.get().key();
  }

  private boolean isEmpty(ObjectStore store, ObjectPlace place) throws ObjectFault {
    boolean isEmpty = store.list(place.bucket(), place.prefix(), null, 1).objects().isEmpty();
    if (!isEmpty) {
      notes.add(
          "%s is not empty: a mix needs a place of its own, such as %smix".formatted(place, place));
    }
    return isEmpty;
  }

  private ObjectAbilities abilities(ObjectStore store, ObjectPlace place) throws ObjectFault {
    ObjectAbilities seen = ObjectProbe.tried(store, place);
    problem = seen.problemAsTarget(place).orElse(problem);
    if (!seen.copyIfAbsent() && seen.completeIfAbsent()) {
      notes.add("every copy is made in parts, since a plain copy of this store overwrites");
    }
    if (!seen.deleteIfMatch()) {
      notes.add("what is removed cannot be pinned to its entity tag; it is looked at right before");
    }
    if (!seen.tags()) {
      notes.add("this store keeps no tags of objects, or does not show them");
    }
    return seen;
  }
}
