package io.admix.files.object;

import io.admix.core.name.Printable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The pages of a listing, one after the other, whatever the order of keys. A listing that does not
 * come to its end is a fault, never a short listing: what is not listed is taken for not there.
 * Used by one thread.
 */
public final class ObjectPages {
  private static final int PAGE = 1_000;

  private final ObjectStore store;
  private final ObjectPlace place;
  private final int page;
  private List<ObjectStat> objects = List.of();
  private @Nullable String last;
  private boolean isEnd;

  public ObjectPages(ObjectStore store, ObjectPlace place) {
    this(store, place, PAGE);
  }

  /**
   * @param page objects asked for at once, 1 to 1,000
   */
  public ObjectPages(ObjectStore store, ObjectPlace place, int page) {
    this.store = store;
    this.place = place;
    this.page = page;
  }

  /**
   * Reads the next page; false after the last one.
   *
   * @throws ObjectFault when it cannot be read, or has nothing new and is not the last one
   */
  public boolean next() throws ObjectFault {
    if (isEnd) {
      return false;
    }
    ObjectStore.Page read = store.list(place.bucket(), place.prefix(), last, page);
    objects = read.objects();
    isEnd = read.isLast();
    if (objects.isEmpty()) {
      if (!isEnd) {
        throw fault("an empty page that is not the last one");
      }
      return false;
    }
    String key = objects.getLast().key();
    if (key.equals(last)) {
      throw fault("it lists `" + Printable.of(key) + "` again and again");
    }
    last = key;
    return true;
  }

  /** Those of the page that was read. */
  public List<ObjectStat> objects() {
    return objects;
  }

  private ObjectFault fault(String words) {
    return new ObjectFault("ListObjectsV2", FaultKind.OTHER, place.toString(), words);
  }
}
