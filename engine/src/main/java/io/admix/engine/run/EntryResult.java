package io.admix.engine.run;

import io.admix.core.recipe.LinkMethod;
import io.admix.files.FailureReason;
import io.admix.files.Stat;

/** What became of one entry of a run. */
public sealed interface EntryResult {

  /** It is there; inode, size and time are those of the target entry. */
  record Placed(LinkMethod method, long inode, long size, long modifiedNs) implements EntryResult {
    /** Whether {@code stat} is the entry that was made. */
    public boolean isStill(Stat stat) {
      Stat.Kind kind = method == LinkMethod.SYMLINK ? Stat.Kind.SYMLINK : Stat.Kind.REGULAR;
      return stat.kind() == kind
          && stat.inode() == inode
          && stat.size() == size
          && stat.modifiedNs() == modifiedNs;
    }
  }

  /** It is not there, and nothing of it is left. The detail is in the table of failures only. */
  record Failed(FailureReason reason, String detail) implements EntryResult {}

  /**
   * Not tried: a reserve that was not needed, or an entry after the point where a failing run was
   * cut.
   */
  record Unused() implements EntryResult {
    public static final Unused INSTANCE = new Unused();
  }
}
