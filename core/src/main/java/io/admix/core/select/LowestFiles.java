package io.admix.core.select;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the lowest few files of a range of ranks, by rank and then by path, in bounded memory.
 * Parts merge: the lowest of the whole are among the lowest of the parts.
 *
 * <p>Not thread-safe.
 */
public final class LowestFiles implements RankStream.RankVisitor {
  private static final Comparator<Cut> BY_RANK_AND_PATH = Cut::compare;

  private final RankRange range;
  private final @Nullable Cut after;
  private final int limit;
  private final PriorityQueue<Cut> highestFirst = new PriorityQueue<>(BY_RANK_AND_PATH.reversed());

  /**
   * @param range only files of these ranks are kept
   * @param after only files after this one are kept; null for all
   * @param limit how many are kept at most, at least 1
   */
  public LowestFiles(RankRange range, @Nullable Cut after, int limit) {
    if (limit < 1) {
      throw new IllegalArgumentException("limit " + limit + " is below 1");
    }
    this.range = range;
    this.after = after;
    this.limit = limit;
  }

  @Override
  public void visit(long rank, byte[] bytes, int offset, int length) {
    if (!range.contains(rank) || (after != null && after.takes(rank, bytes, offset, length))) {
      return;
    }
    Cut highest = highestFirst.size() == limit ? highestFirst.peek() : null;
    if (highest == null || highest.takes(rank, bytes, offset, length)) {
      keep(new Cut(rank, Arrays.copyOfRange(bytes, offset, offset + length)));
    }
  }

  /** Adds what another kept. Both must have been made alike. */
  public void merge(LowestFiles other) {
    for (Cut file : other.highestFirst) {
      keep(file);
    }
  }

  /** What was kept, lowest first. */
  public List<Cut> sorted() {
    List<Cut> files = new ArrayList<>(highestFirst);
    files.sort(BY_RANK_AND_PATH);
    return files;
  }

  private void keep(Cut file) {
    highestFirst.add(file);
    if (highestFirst.size() > limit) {
      highestFirst.poll();
    }
  }
}
