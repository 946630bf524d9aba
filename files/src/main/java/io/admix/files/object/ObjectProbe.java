package io.admix.files.object;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Finds out what a store does, by scratch objects below {@link ObjectPlace#OWN_FOLDER} of a place;
 * they are removed again. About twenty requests.
 */
public final class ObjectProbe {
  private static final String FOLDER = ObjectPlace.OWN_FOLDER + "probe-";
  private static final String TASK = "probe";
  private static final String STANDARD = "STANDARD";
  private static final String NO_ETAG = "\"00000000000000000000000000000000\"";

  private final ObjectStore store;
  private final ObjectKey first;
  private final ObjectKey second;
  private final ObjectKey third;
  private final Content content;

  private ObjectProbe(ObjectStore store, ObjectPlace place, String id) {
    this.store = store;
    String folder = FOLDER + id + "/";
    this.first = place.object(folder + "1");
    this.second = place.object(folder + "2");
    this.third = place.object(folder + "3");
    this.content = Content.NONE.with(Mark.NAME, Mark.ofOwn(TASK, id).value());
  }

  /**
   * @throws ObjectFault when objects cannot be made or read there at all; the message names the
   *     scratch objects that are left, if any
   */
  public static ObjectAbilities tried(ObjectStore store, ObjectPlace place) throws ObjectFault {
    ObjectProbe probe = new ObjectProbe(store, place, UUID.randomUUID().toString());
    ObjectAbilities seen;
    try {
      seen = probe.run();
    } catch (ObjectFault f) {
      try {
        probe.clean();
      } catch (ObjectFault left) {
        f.addSuppressed(left);
      }
      throw f;
    }
    probe.clean();
    return seen;
  }

  /** Whether a key below a place is named as scratch of a probe. */
  public static boolean isScratch(ObjectPlace place, String key) {
    return key.startsWith(place.prefix() + FOLDER);
  }

  /**
   * Removes what killed probes left below a place: objects that bear a probe's mark, and uploads
   * under the names of probes.
   *
   * @throws ObjectFault when they cannot be listed or removed; the rest stays
   */
  public static void removeLeft(ObjectStore store, ObjectPlace place) throws ObjectFault {
    ObjectPlace own = new ObjectPlace(place.bucket(), place.prefix() + ObjectPlace.OWN_FOLDER);
    ObjectPages pages = new ObjectPages(store, own);
    while (pages.next()) {
      for (ObjectStat stat : pages.objects()) {
        if (isScratch(place, stat.key())) {
          removeMarked(store, new ObjectKey(place.bucket(), stat.key()));
        }
      }
    }
    abortLeft(store, place, own);
  }

  private static void removeMarked(ObjectStore store, ObjectKey key) throws ObjectFault {
    try {
      Optional<Mark> mark = store.head(key, null).mark();
      if (mark.isPresent() && mark.get().value().startsWith(TASK + "/")) {
        new ObjectRemover(store).removeMarked(key, mark.get());
      }
    } catch (ObjectFault f) {
      if (f.kind() != FaultKind.NO_SUCH_KEY) {
        throw f;
      }
    }
  }

  /** Where this identity or this store does not list them, a rule of the bucket ends them. */
  private static void abortLeft(ObjectStore store, ObjectPlace place, ObjectPlace own)
      throws ObjectFault {
    try {
      for (List<ObjectStore.Upload> page = store.uploads(own, null);
          !page.isEmpty();
          page = store.uploads(own, page.getLast())) {
        for (ObjectStore.Upload upload : page) {
          if (isScratch(place, upload.key().key())) {
            store.abort(upload);
          }
        }
      }
    } catch (ObjectFault f) {
      if (f.kind() != FaultKind.DENIED && f.kind() != FaultKind.NOT_IMPLEMENTED) {
        throw f;
      }
    }
  }

  private ObjectAbilities run() throws ObjectFault {
    store.put(scratch(first), body("first"));
    store.put(scratch(second), body("second"));
    return new ObjectAbilities(
        refuses(() -> store.put(scratch(first), body("again"))),
        refuses(() -> store.copy(second, etagOf(second), first, STANDARD, content)),
        refuses(this::completeOntoFirst),
        refuses(() -> store.copy(second, NO_ETAG, third, STANDARD, content)),
        refuses(() -> store.delete(first, NO_ETAG)),
        hasTags());
  }

  private void completeOntoFirst() throws ObjectFault {
    ObjectStore.Upload upload = store.begin(scratch(first), true);
    try {
      store.complete(upload, List.of(store.putPart(upload, 1, body("part"))));
    } finally {
      store.abort(upload);
    }
  }

  private boolean hasTags() throws ObjectFault {
    try {
      return store.tags(second) != null;
    } catch (ObjectFault f) {
      if (f.kind() == FaultKind.NOT_IMPLEMENTED || f.kind() == FaultKind.DENIED) {
        return false;
      }
      throw f;
    }
  }

  private String etagOf(ObjectKey key) throws ObjectFault {
    return store.head(key, null).stat().etag();
  }

  private ObjectStore.NewObject scratch(ObjectKey key) {
    return new ObjectStore.NewObject(key, content, STANDARD, Map.of());
  }

  private static Body body(String text) {
    return Body.of(text.getBytes(StandardCharsets.UTF_8));
  }

  private interface Request {
    void send() throws ObjectFault;
  }

  /** What is carried out though its condition does not hold, or cannot be asked, is no. */
  private static boolean refuses(Request request) throws ObjectFault {
    try {
      request.send();
      return false;
    } catch (ObjectFault f) {
      return switch (f.kind()) {
        case PRECONDITION -> true;
        case NOT_IMPLEMENTED, REFUSED -> false;
        default -> throw f;
      };
    }
  }

  private void clean() throws ObjectFault {
    List<String> left = new ArrayList<>();
    ObjectFault last = null;
    for (ObjectKey key : List.of(first, second, third)) {
      try {
        store.delete(key, null);
      } catch (ObjectFault f) {
        left.add(key.toString());
        last = f;
      }
    }
    if (last != null) {
      throw new ObjectFault(
          "DeleteObject",
          last.kind(),
          String.join(", ", left),
          "scratch objects of a probe are left: " + last.words());
    }
  }
}
