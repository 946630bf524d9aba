package io.admix.engine.plan;

/**
 * A walk over sources of which only is known how many files match each, and how many match two of
 * them. Where filters share no file, or one all of the other, that settles what is left to each.
 * Else ranks decide, which are not known here: it is reckoned as if an earlier source took of the
 * shared files as many as of its others, within what is possible at all, and {@link #isExact} tells
 * whether that mattered.
 */
final class OverlapWalk implements Walk<OverlapWalk.Left> {
  private final long[] available;
  private final Shared shared;
  private final Matters matters;
  private boolean isExact = true;

  /** How many files match two sources. */
  @FunctionalInterface
  interface Shared {
    long files(int source, int other);
  }

  /** What must be certain of a walk for its solution to be certain. */
  enum Matters {
    /**
     * What each source gives: a total that is written down. Whether a source has more than it is
     * asked for matters too: what is asked is rounded, and where shortages are shared, what is left
     * is compared with the share before rounding.
     */
    GIVEN,
    /** Whatever is left, since the total follows from it. */
    LEFT
  }

  /** What is left. */
  static final class Left implements Leaves {
    private final long[] files;
    private final boolean[] isSure;

    Left(long[] files, boolean[] isSure) {
      this.files = files.clone();
      this.isSure = isSure.clone();
    }

    /** Whether ranks leave the source just that. */
    boolean isSure(int source) {
      return isSure[source];
    }

    @Override
    public long[] left() {
      return files.clone();
    }
  }

  OverlapWalk(long[] available, Shared shared, Matters matters) {
    this.available = available.clone();
    this.shared = shared;
    this.matters = matters;
  }

  /** Whether all walks so far would have been the same with ranks. */
  boolean isExact() {
    return isExact;
  }

  @Override
  public Left find(long[] asked) {
    long[] least = new long[asked.length];
    long[] likely = new long[asked.length];
    long[] most = new long[asked.length];
    boolean[] isSure = new boolean[asked.length];
    for (int i = 0; i < asked.length; i++) {
      long leastTaken = 0;
      long likelyTaken = 0;
      long mostTaken = 0;
      for (int j = 0; j < i; j++) {
        long both = shared.files(j, i);
        if (both > 0) {
          leastTaken += Math.max(0, Math.min(asked[j], least[j]) - (available[j] - both));
          likelyTaken += share(Math.min(asked[j], likely[j]), both, available[j]);
          mostTaken += Math.min(Math.min(asked[j], most[j]), both);
        }
      }
      least[i] = Math.max(0, available[i] - mostTaken);
      most[i] = Math.max(least[i], available[i] - leastTaken);
      likely[i] = Math.clamp(available[i] - likelyTaken, least[i], most[i]);
      isSure[i] = least[i] == most[i];
      isExact &= isSure[i] || matters == Matters.GIVEN && least[i] > asked[i];
    }
    return new Left(likely, isSure);
  }

  private static long share(long given, long both, long available) {
    return Math.round((double) given * both / available);
  }
}
