package io.admix.files;

import io.admix.core.recipe.LinkMethod;
import org.jspecify.annotations.Nullable;

/**
 * What was learnt about one source mount and one target mount: the methods that do not work between
 * them. A mount, not a device: EXDEV is per mount.
 */
final class MountPair {
  private final long source;
  private final long target;

  /** A bit per method; only ever set, so a lost race costs one more failing call. */
  private volatile int off;

  private volatile @Nullable Denied denied;

  MountPair(long source, long target) {
    this.source = source;
    this.target = target;
  }

  boolean isOf(long otherSource, long otherTarget) {
    return source == otherSource && target == otherTarget;
  }

  boolean isOff(LinkMethod method) {
    return (off & bit(method)) != 0;
  }

  synchronized void turnOff(LinkMethod method) {
    off |= bit(method);
  }

  /**
   * Notes an EPERM of a hard link. One file's EPERM may be its own (protected_hardlinks asks for
   * its owner and mode, an immutable flag for its inode): only a second one of another owner or
   * mode turns hard links off.
   */
  synchronized void denied(Stat stat) {
    Denied now = new Denied(stat.owner(), stat.mode());
    Denied before = denied;
    if (before == null) {
      denied = now;
    } else if (!before.equals(now)) {
      turnOff(LinkMethod.HARDLINK);
    }
  }

  private static int bit(LinkMethod method) {
    return 1 << method.ordinal();
  }

  private record Denied(long owner, int mode) {}
}
