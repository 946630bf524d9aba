package io.admix.engine.run;

import io.admix.core.recipe.LinkMethod;
import io.admix.engine.verify.MadeObject;
import io.admix.files.FailureReason;
import io.admix.files.Stat;
import org.jspecify.annotations.Nullable;

/** What became of one entry of a run. */
public sealed interface EntryResult {

  /**
   * It is there; inode, size and time are those of the target entry.
   *
   * @param object what it is as an object, inode and time being 0; null for a file
   */
  record Placed(
      LinkMethod method, long inode, long size, long modifiedNs, @Nullable MadeObject object)
      implements EntryResult {
    /** A file. */
    public Placed(LinkMethod method, long inode, long size, long modifiedNs) {
      this(method, inode, size, modifiedNs, null);
    }

    /** An object. */
    static Placed ofObject(MadeObject object, long size) {
      return new Placed(LinkMethod.COPY, 0, size, 0, object);
    }

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
