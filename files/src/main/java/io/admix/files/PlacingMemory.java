package io.admix.files;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What a placer has learnt: pairs of mounts, and inodes that take no more links. Bounded: a
 * forgotten inode costs one failing call.
 */
final class PlacingMemory {
  private static final int FULL_INODES_MAX = 4_096;
  private static final int PAIRS_MAX = 1_024;

  private final Map<Key, MountPair> pairs = new ConcurrentHashMap<>();
  private final Map<Key, Boolean> fullInodes = new EldestOut();
  private volatile MountPair last = new MountPair(-1, -1);
  private volatile boolean anyFull;

  MountPair pair(long source, long target) {
    MountPair pair = last;
    if (pair.isOf(source, target)) {
      return pair;
    }
    if (pairs.size() > PAIRS_MAX) {
      pairs.clear();
    }
    pair = pairs.computeIfAbsent(new Key(source, target), key -> new MountPair(key.a, key.b));
    last = pair;
    return pair;
  }

  boolean isFull(long mount, long inode) {
    if (!anyFull) {
      return false;
    }
    synchronized (fullInodes) {
      return fullInodes.containsKey(new Key(mount, inode));
    }
  }

  void full(long mount, long inode) {
    synchronized (fullInodes) {
      fullInodes.put(new Key(mount, inode), true);
    }
    anyFull = true;
  }

  private record Key(long a, long b) {}

  private static final class EldestOut extends LinkedHashMap<Key, Boolean> {
    @Override
    protected boolean removeEldestEntry(Map.Entry<Key, Boolean> eldest) {
      return size() > FULL_INODES_MAX;
    }
  }
}
