package io.admix.engine.plan;

import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was seen of a part in one reading.
 *
 * @param duplicates rows of files that had a row before
 * @param ranks sum of the ranks of all matches of all sources: tells a part that has changed
 * @param first path of its first row, and {@code last} of its last; empty where it has none
 * @param histograms packed, in the order of the group's sources; empty where nothing was counted
 * @param problem what is wrong with it, or null
 */
record PartSeen(
    long rows,
    long duplicates,
    long ranks,
    byte[] first,
    byte[] last,
    List<byte[]> histograms,
    @Nullable String problem)
    implements Serializable {

  /** Whether another reading saw the same. */
  boolean isSame(PartSeen other) {
    return rows == other.rows && ranks == other.ranks;
  }

  /** Without what is needed once. */
  PartSeen withoutHistograms() {
    return new PartSeen(rows, duplicates, ranks, first, last, List.of(), problem);
  }
}
