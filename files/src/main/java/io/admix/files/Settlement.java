package io.admix.files;

import io.admix.core.recipe.LinkMethod;
import org.jspecify.annotations.Nullable;

/**
 * Settles what already holds a planned name in our staging: the leftover of an interrupted run, or
 * something foreign. EEXIST never leads to another method.
 *
 * <ul>
 *   <li>the planned source itself, where hard links are allowed: done;
 *   <li>a symbolic link with the planned text, where they are allowed: done, if the source is as
 *       planned;
 *   <li>a regular file with one name, or a link to a source that changed since: unreceipted and
 *       ours, removed and made again, which finds what is wrong with the source;
 *   <li>anything else: CONFLICT, and it stays.
 * </ul>
 *
 * <p>A placer among others takes over what another attempt made whole: see {@link TakingOver}.
 *
 * <p>Where a folder takes two names for one, what holds the name may be another planned file, which
 * this very task made: there only what is listed under exactly this name is removed, and anything
 * else is CONFLICT.
 */
final class Settlement {
  private final Placer placer;
  private final Entry entry;
  private final MountPair pair;
  private final LinkMethod method;

  /**
   * @param method that met what holds the name
   */
  Settlement(Placer placer, Entry entry, MountPair pair, LinkMethod method) {
    this.placer = placer;
    this.entry = entry;
    this.pair = pair;
    this.method = method;
  }

  /** The outcome, or null when the name is free and the entry is to be made again. */
  @Nullable Outcome settle() throws Fault, Entry.UnknownResultException {
    Stat existing;
    try {
      existing = entry.statTarget();
    } catch (Fault e) {
      if (e.errno() == Errno.ENOENT) {
        return null;
      }
      throw e;
    }
    return switch (existing.kind()) {
      case REGULAR -> settleFile(existing);
      case SYMLINK -> settleSymlink(existing);
      case DIRECTORY, OTHER -> conflict(existing);
    };
  }

  private @Nullable Outcome settleFile(Stat existing) throws Fault, Entry.UnknownResultException {
    Stat source = sourceOrNull();
    boolean isSource = source != null && source.isSameFile(existing);
    if (isSource && !placer.mayLink()) {
      return conflict(existing);
    }
    if (isSource && entry.expected().matches(existing)) {
      placer.placed();
      return new Outcome.Placed(LinkMethod.HARDLINK, existing);
    }
    if (placer.isAmongOthers() && !isSource && !isAsPlanned(source)) {
      // It may be the copy that another attempt made before, and told of: whoever knows all
      // decides.
      return new Outcome.Failed(
          source == null ? FailureReason.SOURCE_MISSING : FailureReason.SOURCE_CHANGED,
          entry.sourcePath() + " is not as it was planned");
    }
    if (placer.isAmongOthers() && !isSource) {
      Outcome taken = new TakingOver(placer, entry, pair, method).of(existing, source);
      if (taken != null) {
        placer.placed();
        return taken;
      }
    }
    if (isSource || existing.links() == 1 || existing.inode() == entry.expected().inode()) {
      return removeLeftover(existing);
    }
    return conflict(existing);
  }

  private boolean isAsPlanned(@Nullable Stat source) {
    return source != null && entry.expected().matches(source);
  }

  private @Nullable Outcome removeLeftover(Stat existing)
      throws Fault, Entry.UnknownResultException {
    if (placer.memory().names(entry.target()).isExact(entry.target(), entry.name())) {
      entry.remove(existing);
      return null;
    }
    return new Outcome.Failed(
        FailureReason.CONFLICT,
        entry.targetPath()
            + " is taken: this file system takes names that differ only in case for one, and what stands there may be another planned file. It stays. Choose a target that tells such names apart, or rename one of the sources.");
  }

  private @Nullable Outcome settleSymlink(Stat existing)
      throws Fault, Entry.UnknownResultException {
    if (!placer.maySymlink() || !entry.target().readLink(entry.name()).equals(entry.sourcePath())) {
      return conflict(existing);
    }
    Stat source = sourceOrNull();
    if (source != null && entry.expected().matches(source)) {
      placer.placed();
      return new Outcome.Placed(LinkMethod.SYMLINK, existing);
    }
    entry.remove(existing);
    return null;
  }

  private @Nullable Stat sourceOrNull() throws Fault {
    try {
      return entry.statSource();
    } catch (Fault e) {
      if (e.errno() == Errno.ENOENT) {
        return null;
      }
      throw e;
    }
  }

  private Outcome conflict(Stat existing) {
    return new Outcome.Failed(
        FailureReason.CONFLICT,
        entry.targetPath() + " is taken by something that is not ours: " + existing);
  }
}
