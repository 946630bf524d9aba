package io.admix.engine.sort;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Records in one array, each after its length, with the index that is sorted. It grows with what is
 * put in, up to its limit.
 *
 * <p>The sort is a multikey quicksort (Bentley and Sedgewick, "Fast algorithms for sorting and
 * searching strings", SODA 1997) over eight bytes at a time, which are cached beside the index:
 * records that share long beginnings, as paths do, are not compared from the start again and again.
 */
final class Arena {
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  private static final int INDEX_BYTES = Integer.BYTES + Long.BYTES;
  private static final int INSERTION_MAX = 12;

  private final int limit;
  private byte[] bytes = new byte[1 << 12];
  private int[] offsets = new int[64];
  private long[] words = new long[64];
  private int used;
  private int count;
  private long random = 0x9E3779B97F4A7C15L;

  /**
   * @param limit bytes of memory, index included
   */
  Arena(int limit) {
    this.limit = limit;
  }

  int count() {
    return count;
  }

  /** Whether another record of that length fits; one always fits in an empty arena. */
  boolean hasRoom(int length) {
    return count == 0
        || (long) used + length + Integer.BYTES + (long) (count + 1) * INDEX_BYTES <= limit;
  }

  void add(byte[] record, int offset, int length) {
    int needed = used + Integer.BYTES + length;
    if (needed > bytes.length) {
      bytes = Arrays.copyOf(bytes, grown(bytes.length, needed, limit));
    }
    if (count == offsets.length) {
      int more = grown(count, count + 1, limit / INDEX_BYTES);
      offsets = Arrays.copyOf(offsets, more);
      words = Arrays.copyOf(words, more);
    }
    INTS.set(bytes, used, length);
    System.arraycopy(record, offset, bytes, used + Integer.BYTES, length);
    offsets[count++] = used;
    used = needed;
  }

  private static int grown(int now, int needed, int most) {
    return Math.max(needed, (int) Math.min(most, now * 2L));
  }

  void clear() {
    used = 0;
    count = 0;
  }

  byte[] bytes() {
    return bytes;
  }

  /** First byte of the i-th record. */
  int start(int i) {
    return offsets[i] + Integer.BYTES;
  }

  int length(int i) {
    return (int) INTS.get(bytes, offsets[i]);
  }

  void sort() {
    load(0, count, 0);
    sort(0, count, 0);
  }

  /** Caches the eight bytes at {@code depth} of each record, zeros behind its end. */
  private void load(int from, int to, int depth) {
    for (int i = from; i < to; i++) {
      words[i] = word(i, depth);
    }
  }

  private long word(int i, int depth) {
    int left = length(i) - depth;
    int at = start(i) + depth;
    if (left >= Long.BYTES) {
      return (long) LONGS.get(bytes, at);
    }
    long word = 0;
    for (int b = 0; b < left; b++) {
      word |= (bytes[at + b] & 0xffL) << (56 - 8 * b);
    }
    return word;
  }

  /** Sorts records that are equal before {@code depth}; their words at {@code depth} are loaded. */
  private void sort(int first, int last, int depth) {
    int from = first;
    int to = last;
    while (to - from > INSERTION_MAX) {
      long pivot = words[from + nextIndex(to - from)];
      int below = from;
      int above = to;
      for (int i = from; i < above; ) {
        int order = Long.compareUnsigned(words[i], pivot);
        if (order < 0) {
          swap(i++, below++);
        } else if (order > 0) {
          swap(i, --above);
        } else {
          i++;
        }
      }
      sortEqual(below, above, depth);
      // The smaller side is sorted by a call, the larger by this loop: the stack stays flat.
      if (below - from < to - above) {
        sort(from, below, depth);
        from = above;
      } else {
        sort(above, to, depth);
        to = below;
      }
    }
    insertionSort(from, to, depth);
  }

  /**
   * Records whose words are equal: those that end here come first, shorter before longer, the
   * others go on with the next word.
   */
  private void sortEqual(int from, int to, int depth) {
    int next = from;
    for (int length = depth; length <= depth + Long.BYTES && to - next > 1; length++) {
      for (int i = next; i < to; i++) {
        if (length(i) == length) {
          swap(i, next++);
        }
      }
    }
    if (to - next > 1) {
      load(next, to, depth + Long.BYTES);
      sort(next, to, depth + Long.BYTES);
    }
  }

  private void insertionSort(int from, int to, int depth) {
    for (int i = from + 1; i < to; i++) {
      for (int j = i; j > from && compare(j - 1, j, depth) > 0; j--) {
        swap(j - 1, j);
      }
    }
  }

  private int compare(int a, int b, int depth) {
    int order = Long.compareUnsigned(words[a], words[b]);
    if (order != 0) {
      return order;
    }
    return Arrays.compareUnsigned(
        bytes,
        start(a) + depth,
        start(a) + length(a),
        bytes,
        start(b) + depth,
        start(b) + length(b));
  }

  private void swap(int a, int b) {
    int offset = offsets[a];
    offsets[a] = offsets[b];
    offsets[b] = offset;
    long word = words[a];
    words[a] = words[b];
    words[b] = word;
  }

  /** A pivot's place by xorshift: no order of input makes it slow except by chance. */
  private int nextIndex(int bound) {
    random ^= random << 13;
    random ^= random >>> 7;
    random ^= random << 17;
    return (int) Long.remainderUnsigned(random, bound);
  }
}
