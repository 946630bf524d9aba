package io.admix.files;

import io.admix.core.recipe.LinkMethod;
import org.jspecify.annotations.Nullable;

/**
 * What was learnt about one source mount and one target mount: the methods that do not work between
 * them. A mount, not only a device: EXDEV is per mount. And a device, not only a mount: it is per
 * subvolume too.
 */
final class MountPair {
  private final Side source;
  private final Side target;

  /** A bit per method; only ever set, so a lost race costs one more failing call. */
  private volatile int off;

  private volatile @Nullable Denied denied;

  MountPair(Side source, Side target) {
    this.source = source;
    this.target = target;
  }

  boolean isOf(Folder otherSource, Folder otherTarget) {
    return source.isOf(otherSource) && target.isOf(otherTarget);
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

  /** Where one side lies. */
  record Side(long mount, long device) {
    static Side of(Folder folder) {
      return new Side(folder.mountId(), folder.deviceId());
    }

    boolean isOf(Folder folder) {
      return mount == folder.mountId() && device == folder.deviceId();
    }
  }

  private record Denied(long owner, int mode) {}
}
