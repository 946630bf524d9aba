package io.admix.core.select;

import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the exact cut of a source in streaming passes with fixed memory.
 *
 * <p>The first pass counts ranks in a histogram, which tells the bucket of the quota's last file.
 * Then that bucket alone is looked at: if it holds few files they are kept and sorted, else it is
 * counted again by its next 16 bits. Uniform ranks need two passes up to some 10^9 candidates. Even
 * ranks made to collide cannot make it hold more than {@link #KEPT_MAX} files: files of one single
 * rank are walked in path order, so many per pass.
 *
 * <p>Each step is a value that says what the next pass must gather, and can be sent elsewhere.
 * Parts of a source may gather apart and merge, so a cluster finds the same cut:
 *
 * <pre>{@code
 * Step step = CutFinder.first(mergedHistogram, quota);
 * while (!(step instanceof Step.Done)) {
 *   step = switch (step) {
 *     case Step.Count c -> c.next(…c.gatherer(), filled over each part, merged…);
 *     case Step.Keep k -> k.next(…k.gatherer(), filled over each part, merged…);
 *     case Step.Done d -> d;
 *   };
 * }
 * }</pre>
 */
public final class CutFinder {
  /** Most files that are held at a time. */
  public static final int KEPT_MAX = 65_536;

  private CutFinder() {}

  /** What is to be done next. */
  public sealed interface Step extends Serializable {
    /** The cut is found. */
    record Done(Cut cut) implements Step {}

    /**
     * Count the ranks of a range.
     *
     * @param place the wanted file's 1-based place within the range
     */
    record Count(RankRange range, long place, int keptMax) implements Step {
      /** An empty histogram to fill in the next pass. */
      public RankHistogram gatherer() {
        return new RankHistogram(range);
      }

      /** Goes on with what the pass has counted. */
      public Step next(RankHistogram counted) {
        return divide(counted, place, keptMax);
      }
    }

    /**
     * Keep the lowest files of a range.
     *
     * @param after the last file of the pass before, null at first
     * @param place the wanted file's 1-based place among those after it
     */
    record Keep(RankRange range, @Nullable Cut after, long place, int keptMax) implements Step {
      /** An empty keeper to fill in the next pass. */
      public LowestFiles gatherer() {
        return new LowestFiles(range, after, (int) Math.min(place, keptMax));
      }

      /**
       * Goes on with what the pass has kept.
       *
       * @throws IllegalStateException when the stream now shows fewer files than were counted
       */
      public Step next(LowestFiles kept) {
        List<Cut> files = kept.sorted();
        if (files.size() < Math.min(place, keptMax)) {
          throw new IllegalStateException(
              "the candidates changed between two passes: "
                  + files.size()
                  + " where "
                  + place
                  + " were counted");
        }
        return place <= files.size()
            ? new Done(files.get((int) place - 1))
            : new Keep(range, files.getLast(), place - files.size(), keptMax);
      }
    }
  }

  /**
   * The first step after all candidates were counted.
   *
   * @param whole histogram of every candidate's rank
   * @param quota how many files the source is to take
   */
  public static Step first(RankHistogram whole, long quota) {
    return first(whole, quota, KEPT_MAX);
  }

  static Step first(RankHistogram whole, long quota, int keptMax) {
    if (quota <= 0) {
      return new Step.Done(Cut.NONE);
    }
    return quota >= whole.total() ? new Step.Done(Cut.ALL) : divide(whole, quota, keptMax);
  }

  /**
   * The cut that takes the {@code quota} lowest files of a stream: none for 0, all when there are
   * no more.
   */
  public static <X extends Exception> Cut find(RankStream<X> stream, long quota) throws X {
    RankHistogram whole = new RankHistogram();
    stream.forEach((rank, bytes, offset, length) -> whole.add(rank));
    return find(stream, whole, quota);
  }

  /** The same where the first pass was made already. */
  public static <X extends Exception> Cut find(
      RankStream<X> stream, RankHistogram whole, long quota) throws X {
    return find(stream, whole, quota, KEPT_MAX);
  }

  static <X extends Exception> Cut find(
      RankStream<X> stream, RankHistogram whole, long quota, int keptMax) throws X {
    Step step = first(whole, quota, keptMax);
    while (true) {
      switch (step) {
        case Step.Done done -> {
          return done.cut();
        }
        case Step.Count count -> {
          RankHistogram counted = count.gatherer();
          stream.forEach((rank, bytes, offset, length) -> counted.add(rank));
          step = count.next(counted);
        }
        case Step.Keep keep -> {
          LowestFiles kept = keep.gatherer();
          stream.forEach(kept);
          step = keep.next(kept);
        }
      }
    }
  }

  private static Step divide(RankHistogram counted, long place, int keptMax) {
    RankHistogram.Position at = counted.bucketOf(place);
    RankRange range = counted.bucketRange(at.bucket());
    long within = place - at.below();
    return at.inBucket() <= keptMax || range.isSingle()
        ? new Step.Keep(range, null, within, keptMax)
        : new Step.Count(range, within, keptMax);
  }
}
