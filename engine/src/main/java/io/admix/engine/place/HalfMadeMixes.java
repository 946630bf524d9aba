package io.admix.engine.place;

import io.admix.files.object.ObjectFault;
import io.admix.files.object.ObjectPlace;
import io.admix.files.object.ObjectStore;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds mixes among objects that are not whole: claimed, and without the marker that is put last.
 * Whoever reads a place asks here first, as every reader of mixes should. Used by one thread.
 */
final class HalfMadeMixes {
  private static final String CLAIM = ObjectPlace.OWN_FOLDER + "claim.json";
  private static final String MARKER = ObjectPlace.OWN_FOLDER + "manifest.jsonl";

  private final ObjectPlace place;
  private @Nullable String claimed;
  private @Nullable String found;

  HalfMadeMixes(ObjectPlace place) {
    this.place = place;
  }

  /**
   * Asks for the place itself and for all above it, by one HEAD each; before the listing, since a
   * mix may be published while it is read.
   */
  void ask(ObjectStore store) throws ObjectFault {
    String prefix = place.prefix();
    while (found == null) {
      ObjectPlace at = new ObjectPlace(place.bucket(), prefix);
      if (isThere(store, at, CLAIM) && !isThere(store, at, MARKER)) {
        found = at.toString();
      }
      if (prefix.isEmpty()) {
        return;
      }
      prefix = prefix.substring(0, prefix.lastIndexOf('/', prefix.length() - 2) + 1);
    }
  }

  private static boolean isThere(ObjectStore store, ObjectPlace at, String name)
      throws ObjectFault {
    try {
      store.head(at.object(name), null);
      return true;
    } catch (ObjectFault f) {
      return switch (f.kind()) {
        // Whoever may read a place need not be allowed to look above it. What else is refused to a
        // HEAD, which tells no cause, the listing is told with one.
        case NO_SUCH_KEY, DENIED, REFUSED -> false;
        default -> throw f;
      };
    } catch (IllegalArgumentException e) {
      // The prefix is so long that no such key can be.
      return false;
    }
  }

  /** Is told of every object below the place, in the order of keys: a claim before its marker. */
  void listed(String path) {
    if (path.endsWith("/" + CLAIM)) {
      remember();
      claimed = path.substring(0, path.length() - CLAIM.length());
    } else if (path.endsWith("/" + MARKER)
        && path.substring(0, path.length() - MARKER.length()).equals(claimed)) {
      claimed = null;
    }
  }

  private void remember() {
    if (claimed != null && found == null) {
      found = new ObjectPlace(place.bucket(), place.prefix() + claimed).toString();
    }
  }

  /** What is wrong, for people, once everything was asked and listed. */
  Optional<String> problem() {
    remember();
    return Optional.ofNullable(found)
        .map(mix ->
            "%s is a mix that is not whole (%s is there, %s is not): it is being made, or was left half-way. Wait, resume or cancel its task."
                .formatted(mix, CLAIM, MARKER));
  }
}
