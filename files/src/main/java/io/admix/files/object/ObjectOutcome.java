package io.admix.files.object;

import org.jspecify.annotations.Nullable;

/** What became of one object that was to be made. */
public sealed interface ObjectOutcome {
  /**
   * It is there.
   *
   * @param etag that it has now: what a receipt keeps, and what it is removed by
   */
  record Placed(String etag, @Nullable String version, long size, Proof proof)
      implements ObjectOutcome {}

  /** It is not there by us. After UNKNOWN it may come to be there. */
  record Failed(ObjectFailure reason, String detail) implements ObjectOutcome {}

  /** By what it is known that this object is the right one. */
  enum Proof {
    /** It was made by this very call. */
    MADE,
    /** It was made by this very call, without a mark: its source leaves no room for one. */
    MADE_UNMARKED,
    /** It was there and bears our mark: made before, for the same task and of the same source. */
    MARK,
    /**
     * It was there without a mark, with the source's entity tag, size and checksum: the same bytes,
     * but whether Admix made it is not known, and so it is never removed.
     */
    SAME_BYTES;

    /** Whether Admix made it, and so may remove it. */
    public boolean isOurs() {
      return this != SAME_BYTES;
    }

    /** Whether it bears our mark. */
    public boolean isMarked() {
      return this == MADE || this == MARK;
    }
  }
}
