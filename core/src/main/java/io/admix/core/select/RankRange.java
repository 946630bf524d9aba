package io.admix.core.select;

import java.io.Serializable;

/**
 * The ranks that agree in their top bits: what one bucket of a {@link RankHistogram} holds.
 *
 * @param first the lowest rank of the range; its bits below the agreed ones are zero
 * @param bits how many top bits agree: from 0 (every rank) to 64 (one rank)
 */
public record RankRange(long first, int bits) implements Serializable {
  /** Every rank. */
  public static final RankRange ALL = new RankRange(0, 0);

  public RankRange {
    if (bits < 0 || bits > 64) {
      throw new IllegalArgumentException("bits must be 0 to 64, not " + bits);
    }
    if ((first & free(bits)) != 0) {
      throw new IllegalArgumentException(
          "a range of " + bits + " bits does not start at " + Long.toHexString(first));
    }
  }

  /** The highest rank of the range, unsigned. */
  public long last() {
    return first | free(bits);
  }

  /** Whether a rank agrees in those bits. */
  public boolean contains(long rank) {
    return (rank & ~free(bits)) == first;
  }

  /** Whether it holds one rank only, so that no histogram can divide it. */
  public boolean isSingle() {
    return bits == 64;
  }

  /** Mask of the bits that may differ. */
  private static long free(int bits) {
    return bits == 64 ? 0 : -1L >>> bits;
  }
}
