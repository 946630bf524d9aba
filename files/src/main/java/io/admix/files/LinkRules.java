package io.admix.files;

/**
 * Foretells from a file's {@link Stat} alone whether the kernel takes a hard link to it. Nothing is
 * called refused that may be taken: what owner, mode and link count do not decide is doubtful.
 *
 * <p>Source: {@code may_linkat} of Linux, {@code fs/namei.c}.
 */
public final class LinkRules {
  private static final int SET_USER = 04000;
  private static final int SET_GROUP_EXECUTABLE = 02010;
  private static final int GROUP_READ_WRITE = 060;
  private static final int OTHERS_READ_WRITE = 06;

  private final Caller caller;
  private final long limit;

  /**
   * @param limit most links of one file, see {@link LinkLimits}
   */
  public LinkRules(Caller caller, long limit) {
    this.caller = caller;
    this.limit = limit;
  }

  /** What is foreseen of a hard link to one file. */
  public enum Verdict {
    /** Nothing is in its way. */
    FREE,
    /** The file has as many links as the file system allows. */
    FULL,
    /** fs.protected_hardlinks refuses it. */
    PROTECTED,
    /** Groups and access lists decide: only a trial tells. */
    DOUBTFUL
  }

  public Verdict of(Stat stat) {
    if (limit > 0 && stat.links() >= limit) {
      return Verdict.FULL;
    }
    boolean isBound = caller.protectedHardlinks() == Known.YES && caller.user() >= 0;
    boolean isOwn = caller.ownsAll() || stat.owner() == caller.user() || stat.owner() < 0;
    return !isBound || isOwn ? Verdict.FREE : ofForeign(stat.mode());
  }

  private Verdict ofForeign(int mode) {
    if ((mode & SET_USER) != 0 || has(mode, SET_GROUP_EXECUTABLE)) {
      return Verdict.PROTECTED;
    }
    if (caller.reachesAll() || has(mode, OTHERS_READ_WRITE)) {
      return Verdict.FREE;
    }
    // The group's bits bound what access lists can grant: without them nobody else may write.
    return has(mode, GROUP_READ_WRITE) ? Verdict.DOUBTFUL : Verdict.PROTECTED;
  }

  private static boolean has(int mode, int bits) {
    return (mode & bits) == bits;
  }
}
