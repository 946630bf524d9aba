package io.admix.files;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What a placer has learnt: pairs of mounts, and inodes that take no more links. Bounded: a
 * forgotten inode costs one failing call.
 */
final class PlacingMemory {
  private static final int FULL_INODES_MAX = 4_096;
  private static final int PAIRS_MAX = 1_024;

  private final Map<PairKey, MountPair> pairs = new ConcurrentHashMap<>();
  private final Map<Key, Boolean> fullInodes = new EldestOut();
  private volatile @Nullable MountPair last;
  private volatile boolean anyFull;
  private volatile @Nullable NameRule names;

  MountPair pair(Folder source, Folder target) {
    MountPair pair = last;
    if (pair != null && pair.isOf(source, target)) {
      return pair;
    }
    if (pairs.size() > PAIRS_MAX) {
      pairs.clear();
    }
    pair =
        pairs.computeIfAbsent(
            new PairKey(MountPair.Side.of(source), MountPair.Side.of(target)),
            key -> new MountPair(key.source, key.target));
    last = pair;
    return pair;
  }

  /**
   * How the folders of the target tell names apart: found out at the first name that is taken. All
   * of them lie below one staging folder and are alike.
   */
  NameRule names(Folder target) {
    NameRule known = names;
    if (known == null) {
      known = NameRule.of(target);
      names = known;
    }
    return known;
  }

  boolean isFull(long device, long inode) {
    if (!anyFull) {
      return false;
    }
    synchronized (fullInodes) {
      return fullInodes.containsKey(new Key(device, inode));
    }
  }

  void full(long device, long inode) {
    synchronized (fullInodes) {
      fullInodes.put(new Key(device, inode), true);
    }
    anyFull = true;
  }

  private record PairKey(MountPair.Side source, MountPair.Side target) {}

  private record Key(long device, long inode) {}

  private static final class EldestOut extends LinkedHashMap<Key, Boolean> {
    @Override
    protected boolean removeEldestEntry(Map.Entry<Key, Boolean> eldest) {
      return size() > FULL_INODES_MAX;
    }
  }
}
