package io.admix.files.object;

import io.admix.core.name.Printable;
import io.admix.core.name.SafeNames;
import io.admix.core.name.Utf8;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads all objects of a place, page by page, in the order of their keys. */
public final class ObjectScan {
  private static final int PAGE = 1_000;

  private final ObjectStore store;
  private final int page;

  public ObjectScan(ObjectStore store) {
    this(store, PAGE);
  }

  /**
   * @param page objects asked for at once, 1 to 1,000
   */
  ObjectScan(ObjectStore store, int page) {
    this.store = store;
    this.page = page;
  }

  /**
   * Hands out every object that has a safe relative path; the rest is counted. What the sink throws
   * ends the scan and is thrown here. Memory does not grow with the number of objects.
   *
   * @param after the key after which to go on, or null: whoever keeps the last key that he was
   *     given can go on after a crash
   * @throws ObjectFault when a page cannot be read, or the store does not keep the order of keys
   */
  public Skipped scan(ObjectPlace place, @Nullable String after, Sink sink) throws ObjectFault {
    Counts counts = new Counts();
    String last = after;
    while (true) {
      ObjectStore.Page read = store.list(place.bucket(), place.prefix(), last, page);
      for (ObjectStat stat : read.objects()) {
        requireOrder(place, last, stat.key());
        last = stat.key();
        hand(place, stat, sink, counts);
      }
      if (read.isLast()) {
        return counts.skipped();
      }
      if (read.objects().isEmpty()) {
        throw new ObjectFault(
            "ListObjectsV2",
            FaultKind.OTHER,
            place.toString(),
            "an empty page that is not the last one");
      }
    }
  }

  private static void hand(ObjectPlace place, ObjectStat stat, Sink sink, Counts counts) {
    String path = stat.key().substring(place.prefix().length());
    if (path.isEmpty() || path.endsWith("/")) {
      counts.folders++;
      return;
    }
    Optional<String> safe = place.relative(stat.key());
    if (safe.isEmpty()) {
      counts.unsafe++;
      sink.unsafe(stat);
    } else if (isOwn(path)) {
      counts.own++;
    } else {
      sink.object(path, stat);
    }
  }

  private static boolean isOwn(String path) {
    return path.startsWith(ObjectPlace.OWN_FOLDER)
        || path.startsWith(SafeNames.RESERVED_PREFIX)
        || path.contains("/" + SafeNames.RESERVED_PREFIX);
  }

  /** Going on after a key, and comparing two listings, both stand on this order. */
  private static void requireOrder(ObjectPlace place, @Nullable String last, String key)
      throws ObjectFault {
    if (!key.startsWith(place.prefix())) {
      throw outOfOrder(place, "it lists `" + Printable.of(key) + "`, which does not begin so");
    }
    if (last != null && Utf8.compare(last, key) >= 0) {
      throw outOfOrder(
          place,
          "it lists `"
              + Printable.of(key)
              + "` after `"
              + Printable.of(last)
              + "`, which is not the order of their UTF-8 bytes");
    }
  }

  private static ObjectFault outOfOrder(ObjectPlace place, String words) {
    return new ObjectFault("ListObjectsV2", FaultKind.OTHER, place.toString(), words);
  }

  /** Receives objects. */
  @FunctionalInterface
  public interface Sink {
    /**
     * @param relativePath safe segments joined by {@code /}
     */
    void object(String relativePath, ObjectStat stat);

    /** One that has no safe relative path, and is not handed out. */
    default void unsafe(ObjectStat stat) {}
  }

  /**
   * What was passed over.
   *
   * @param folders keys that end with {@code /}, by which some tools show empty folders
   * @param unsafe keys with an empty segment, {@code .} or {@code ..}
   * @param own what Admix keeps for itself
   */
  public record Skipped(long folders, long unsafe, long own) {
    public long total() {
      return folders + unsafe + own;
    }
  }

  private static final class Counts {
    private long folders;
    private long unsafe;
    private long own;

    Skipped skipped() {
      return new Skipped(folders, unsafe, own);
    }
  }
}
