package io.admix.engine.run;

/**
 * What the number of workers depends on at the target.
 *
 * @param mount and {@code device}: by which what was learned of the place is found again
 * @param kind what serves it
 */
record Ground(long mount, long device, Kind kind) {
  /** What serves a place. */
  enum Kind {
    /** This machine. */
    LOCAL,
    /** Another machine, by a file system: folders are locked there. */
    NETWORK,
    /** A store of objects, which serves many requests at once; it is waited for, not worked for. */
    OBJECTS
  }
}
