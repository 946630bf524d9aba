package io.admix.engine.plan;

import io.admix.core.plan.PlanEntry.Seen;
import io.admix.files.LinkRules.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * A file that sources match.
 *
 * @param path relative, in UTF-8
 * @param looks what each source of the group takes it for, null where a source does not match it
 */
record MatchedFile(byte[] path, @Nullable Look[] looks) {

  /**
   * What is known of a file; a row was not looked at yet: its inode is 0.
   *
   * @param row id of its row in UTF-8, empty for a folder's file; of an object a {@link RowTail}
   */
  record Look(long size, long modifiedNs, long inode, Verdict verdict, byte[] row) {
    private static final byte[] NO_ROW = {};

    static Look ofRow(long size, byte[] row) {
      return new Look(size, 0, 0, Verdict.FREE, row);
    }

    /** What a listing showed of an object. */
    static Look ofObject(long size, long modifiedNs, RowTail tail) {
      return new Look(size, modifiedNs, Seen.OBJECT, Verdict.FREE, tail.bytes());
    }

    static Look ofFile(long size, long modifiedNs, long inode, Verdict verdict) {
      return new Look(size, modifiedNs, inode, verdict, NO_ROW);
    }
  }
}
