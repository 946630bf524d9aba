package io.admix.files.object;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Removes objects that Admix made, and nothing else. Safe for use by many threads. */
public final class ObjectRemover {
  private final ObjectStore store;
  private volatile boolean storeCannotMatch;

  public ObjectRemover(ObjectStore store) {
    this.store = store;
  }

  /** What became of it. */
  public enum Removal {
    /** It was removed, in one step with the comparison of its entity tag. */
    REMOVED,
    /**
     * It was ours when it was looked at, and was removed right after: the store cannot do both in
     * one step, so that what took its place in between would be gone too.
     */
    REMOVED_AFTER_LOOK,
    /** It was not there. */
    GONE,
    /** Another object stands there; it was left. */
    NOT_OURS
  }

  /**
   * Removes an object if it still is the one that was made. In a bucket that keeps versions the
   * store hides it behind a delete marker.
   *
   * @param etag that the receipt has
   * @param mark with which it was made, or null if without one. An equal entity tag alone is no
   *     proof: whoever writes the same bytes anew gets it too
   * @throws ObjectFault when it cannot be looked at or removed; it stays then, or its state is not
   *     known, and the same call settles it
   */
  public Removal remove(ObjectKey object, String etag, @Nullable Mark mark) throws ObjectFault {
    ObjectHead found;
    try {
      found = store.head(object, null);
    } catch (ObjectFault f) {
      if (f.kind() == FaultKind.NO_SUCH_KEY) {
        return Removal.GONE;
      }
      throw f;
    }
    boolean isOurs = found.mark().equals(Optional.ofNullable(mark));
    if (!found.stat().etag().equals(etag) || !isOurs) {
      return Removal.NOT_OURS;
    }
    return storeCannotMatch ? afterLook(object) : matching(object, etag);
  }

  /**
   * Removes an object if it bears a mark: of one whose making was not recorded nothing else is
   * known.
   *
   * @throws ObjectFault as {@link #remove}
   */
  public Removal removeMarked(ObjectKey object, Mark mark) throws ObjectFault {
    ObjectHead found;
    try {
      found = store.head(object, null);
    } catch (ObjectFault f) {
      if (f.kind() == FaultKind.NO_SUCH_KEY) {
        return Removal.GONE;
      }
      throw f;
    }
    if (!found.mark().equals(Optional.of(mark))) {
      return Removal.NOT_OURS;
    }
    String etag = found.stat().etag();
    return storeCannotMatch ? afterLook(object) : matching(object, etag);
  }

  private Removal matching(ObjectKey object, String etag) throws ObjectFault {
    try {
      store.delete(object, etag);
      return Removal.REMOVED;
    } catch (ObjectFault f) {
      return switch (f.kind()) {
        // By our own request, whose answer was lost, or by somebody else.
        case NO_SUCH_KEY -> Removal.REMOVED;
        case PRECONDITION -> lookAgain(object);
        case NOT_IMPLEMENTED -> {
          storeCannotMatch = true;
          yield afterLook(object);
        }
        default -> throw f;
      };
    }
  }

  /** A repeated request finds nothing to match where its first one removed the object. */
  private Removal lookAgain(ObjectKey object) throws ObjectFault {
    try {
      store.head(object, null);
      return Removal.NOT_OURS;
    } catch (ObjectFault f) {
      if (f.kind() == FaultKind.NO_SUCH_KEY) {
        return Removal.REMOVED;
      }
      throw f;
    }
  }

  private Removal afterLook(ObjectKey object) throws ObjectFault {
    store.delete(object, null);
    return Removal.REMOVED_AFTER_LOOK;
  }
}
