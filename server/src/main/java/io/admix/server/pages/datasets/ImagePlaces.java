package io.admix.server.pages.datasets;

import io.admix.catalog.Actor;
import io.admix.server.BusyException;
import java.util.HashMap;
import java.util.Map;

/**
 * How many images are held in memory at a time, of all callers and of each. An image is whole in
 * memory until it is sent, and some take it slowly: without bounds a few hundred would fill the
 * heap.
 */
final class ImagePlaces {
  static final int MOST = 8;

  /** One owner leaves room for others. */
  static final int MOST_OF_ONE = 4;

  private final Map<String, Integer> held = new HashMap<>();
  private int all;

  /** Held until it is closed. */
  @FunctionalInterface
  interface Place extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * Takes a place, to be closed once.
   *
   * @throws BusyException when none is free; nothing is held then
   */
  synchronized Place take(Actor caller) {
    String owner = caller.owner();
    if (all >= MOST || held.getOrDefault(owner, 0) >= MOST_OF_ONE) {
      throw new BusyException(
          "Other images are being sent just now, and are taken slowly; this one was not read. Try again.");
    }
    all++;
    held.merge(owner, 1, Integer::sum);
    return () -> release(owner);
  }

  private synchronized void release(String owner) {
    all--;
    held.computeIfPresent(owner, (one, count) -> count == 1 ? null : count - 1);
  }
}
