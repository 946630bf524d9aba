package io.admix.core.select;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Counts ranks in equal buckets, however many are added: 65,536 of them in 512 KiB, or fewer where
 * many histograms are alive at a time. Histograms of the parts of a source add up to the histogram
 * of the whole, in any order, so parts may be counted anywhere.
 *
 * <p>Not thread-safe.
 */
public final class RankHistogram {
  /** The finest division: 65,536 buckets. */
  public static final int BITS_MAX = 16;

  private final RankRange range;
  private final int bits;
  private final int shift;
  private final long[] counts;
  private long total;

  /** A histogram of every rank, by its top 16 bits. */
  public RankHistogram() {
    this(BITS_MAX);
  }

  /**
   * A histogram of every rank by its top bits: {@code 8 << bits} bytes. A coarse one finds the same
   * cuts, in more passes where there are many files.
   *
   * @param bits 1 to {@link #BITS_MAX}
   */
  public RankHistogram(int bits) {
    this(RankRange.ALL, bits);
  }

  /**
   * A histogram that divides one range further.
   *
   * @throws IllegalArgumentException when the range is a single rank
   */
  public RankHistogram(RankRange range) {
    this(range, Math.min(BITS_MAX, 64 - range.bits()));
  }

  private RankHistogram(RankRange range, int bits) {
    if (range.isSingle()) {
      throw new IllegalArgumentException("one rank cannot be divided");
    }
    if (bits < 1 || bits > BITS_MAX) {
      throw new IllegalArgumentException("bits must be 1 to " + BITS_MAX + ", not " + bits);
    }
    this.range = range;
    this.bits = bits;
    this.shift = 64 - bits - range.bits();
    this.counts = new long[1 << bits];
  }

  /**
   * Where the k-th lowest rank lies.
   *
   * @param bucket index of its bucket
   * @param below how many added ranks lie in lower buckets: less than k
   * @param inBucket how many lie in this one
   */
  public record Position(int bucket, long below, long inBucket) {}

  /** Counts one rank; one outside {@link #range()} is passed over. */
  public void add(long rank) {
    if (range.contains(rank)) {
      counts[(int) (rank >>> shift) & (counts.length - 1)]++;
      total++;
    }
  }

  /**
   * Adds what another histogram of the same range and division counted.
   *
   * @throws IllegalArgumentException when they differ
   */
  public void merge(RankHistogram other) {
    if (!range.equals(other.range) || bits != other.bits) {
      throw new IllegalArgumentException(
          "cannot merge a histogram of " + other.range + " into one of " + range);
    }
    for (int i = 0; i < counts.length; i++) {
      counts[i] += other.counts[i];
    }
    total += other.total;
  }

  /**
   * What was counted, to be added to a histogram of the same range and division by {@link
   * #mergePacked}: some bytes for each bucket that is not empty. Numbers of 7 bits to a byte,
   * lowest first; after a 0 how many more buckets are empty.
   */
  public byte[] packed() {
    Packing packed = new Packing();
    for (int i = 0; i < counts.length; i++) {
      packed.put(counts[i]);
      if (counts[i] == 0) {
        int first = i;
        while (i + 1 < counts.length && counts[i + 1] == 0) {
          i++;
        }
        packed.put(i - first);
      }
    }
    return packed.toArray();
  }

  /** Bytes that become more. */
  private static final class Packing {
    private byte[] bytes = new byte[1 << 12];
    private int length;

    void put(long number) {
      long rest = number;
      while (rest >= 0x80) {
        put((byte) (rest & 0x7f | 0x80));
        rest >>>= 7;
      }
      put((byte) rest);
    }

    private void put(byte next) {
      if (length == bytes.length) {
        bytes = Arrays.copyOf(bytes, length * 2);
      }
      bytes[length++] = next;
    }

    byte[] toArray() {
      return Arrays.copyOf(bytes, length);
    }
  }

  /**
   * Adds what another histogram of the same range and division has {@link #packed}.
   *
   * @throws IllegalArgumentException when it holds another number of buckets
   */
  public void mergePacked(byte[] packed) {
    ByteBuffer in = ByteBuffer.wrap(packed);
    try {
      for (int i = 0; i < counts.length; i++) {
        long count = number(in);
        counts[i] += count;
        total += count;
        i += count == 0 ? Math.toIntExact(number(in)) : 0;
      }
    } catch (BufferUnderflowException e) {
      throw new IllegalArgumentException("a packed histogram of another division", e);
    }
    if (in.hasRemaining()) {
      throw new IllegalArgumentException("a packed histogram of another division");
    }
  }

  private static long number(ByteBuffer in) {
    long number = 0;
    byte next = (byte) 0x80;
    for (int shift = 0; next < 0; shift += 7) {
      next = in.get();
      number |= (next & 0x7fL) << shift;
    }
    return number;
  }

  /** How many ranks were counted. */
  public long total() {
    return total;
  }

  /** The ranks that this divides. */
  public RankRange range() {
    return range;
  }

  /** How many buckets there are. */
  public int buckets() {
    return counts.length;
  }

  /** How many ranks fell into one bucket. */
  public long count(int bucket) {
    return counts[bucket];
  }

  /** The ranks of one bucket. */
  public RankRange bucketRange(int bucket) {
    return new RankRange(range.first() | ((long) bucket << shift), range.bits() + bits);
  }

  /**
   * The bucket that holds the k-th lowest rank.
   *
   * @param k 1-based
   * @throws IllegalArgumentException when k is below 1 or above {@link #total()}
   */
  public Position bucketOf(long k) {
    if (k < 1 || k > total) {
      throw new IllegalArgumentException("no " + k + "th lowest of " + total + " ranks");
    }
    long below = 0;
    int bucket = 0;
    while (below + counts[bucket] < k) {
      below += counts[bucket++];
    }
    return new Position(bucket, below, counts[bucket]);
  }

  /**
   * An unsigned upper bound of the k lowest: at least k of the added ranks are not above it. While
   * fewer than k were added it is -1, the highest rank. It never rises as ranks are added or
   * merged, so what lies above it now can never be among the k lowest of the whole and may be
   * forgotten. Costs a scan of the buckets, some 20 µs: refresh it every few thousand ranks, not at
   * each.
   *
   * <p>Where sources overlap, a source needs the bound of its own quota plus the quotas of the
   * earlier sources on the same files: at most so many of its lowest can be taken from it.
   */
  public long bound(long k) {
    if (k <= 0) {
      return 0;
    }
    return k > total ? -1L : bucketRange(bucketOf(k).bucket()).last();
  }
}
