package io.admix.engine.pace;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What was learned in this process about the file systems that mixes were made on, the ones used
 * last. Safe for use by many threads.
 */
public final class PaceMemory {
  private static final int MOST = 64;

  private final Map<Place, Learned> learned =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Place, Learned> eldest) {
          return size() > MOST;
        }
      };

  /**
   * What a number of workers is good for.
   *
   * @param mount of the target; numbers of mounts are given again, so that the device belongs to it
   */
  public record Place(long mount, long device, Kind kind) {}

  /** What the workers do. */
  public enum Kind {
    /** Hard links, reflinks, symbolic links: counted by files. */
    LINKS,
    /** Counted by bytes, as they are copied. */
    COPIES
  }

  public synchronized void keep(Place place, Learned what) {
    learned.put(place, what);
  }

  public synchronized Optional<Learned> of(Place place) {
    return Optional.ofNullable(learned.get(place));
  }
}
