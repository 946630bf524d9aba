package io.admix.engine.plan;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * One matching file of a source as it lies in the spool:
 *
 * <pre>
 * rank 8 ‖ size 8 ‖ modification time in ns 8 ‖ inode 8 ‖ others 2 ‖ length of row id 2 ‖ verdict on links 1 ‖ (source 2 ‖ its rank 8) per other ‖ row id ‖ relative path in UTF-8
 * </pre>
 *
 * The others are the sources on the same dataset or folder whose filters match the file too. Inode
 * 0: not looked at yet. Reused for one file after the other.
 */
final class Candidate {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle SHORTS =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
  private static final int FIXED = 37;
  private static final int VERDICT = 36;
  private static final int OTHER = 10;

  private byte[] bytes = new byte[512];
  private int start;
  private int length;

  /**
   * Writes a file into this one's own buffer; others follow by {@link #other}, then {@link #names}.
   */
  void begin(long rank, long size, long modifiedNs, long inode, byte verdict) {
    start = 0;
    length = FIXED;
    LONGS.set(bytes, 0, rank);
    LONGS.set(bytes, 8, size);
    LONGS.set(bytes, 16, modifiedNs);
    LONGS.set(bytes, 24, inode);
    SHORTS.set(bytes, 32, (short) 0);
    bytes[VERDICT] = verdict;
  }

  void other(int source, long rank) {
    ensure(OTHER);
    SHORTS.set(bytes, 32, (short) (others() + 1));
    SHORTS.set(bytes, length, (short) source);
    LONGS.set(bytes, length + 2, rank);
    length += OTHER;
  }

  void names(byte[] row, byte[] path) {
    ensure(row.length + path.length);
    SHORTS.set(bytes, 34, (short) row.length);
    System.arraycopy(row, 0, bytes, length, row.length);
    System.arraycopy(path, 0, bytes, length + row.length, path.length);
    length += row.length + path.length;
  }

  private void ensure(int more) {
    if (length + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
    }
  }

  /** Looks at a file where it lies. */
  void over(byte[] array, int offset, int count) {
    bytes = array;
    start = offset;
    length = count;
  }

  byte[] array() {
    return bytes;
  }

  int offset() {
    return start;
  }

  int length() {
    return length;
  }

  long rank() {
    return (long) LONGS.get(bytes, start);
  }

  long size() {
    return (long) LONGS.get(bytes, start + 8);
  }

  long modifiedNs() {
    return (long) LONGS.get(bytes, start + 16);
  }

  long inode() {
    return (long) LONGS.get(bytes, start + 24);
  }

  /** What is foreseen of a hard link to it: an ordinal of the verdicts. */
  byte verdict() {
    return bytes[start + VERDICT];
  }

  int others() {
    return (short) SHORTS.get(bytes, start + 32) & 0xffff;
  }

  int otherSource(int i) {
    return (short) SHORTS.get(bytes, start + FIXED + i * OTHER) & 0xffff;
  }

  long otherRank(int i) {
    return (long) LONGS.get(bytes, start + FIXED + i * OTHER + 2);
  }

  int rowOffset() {
    return start + FIXED + others() * OTHER;
  }

  int rowLength() {
    return (short) SHORTS.get(bytes, start + 34) & 0xffff;
  }

  int pathOffset() {
    return rowOffset() + rowLength();
  }

  int pathLength() {
    return start + length - pathOffset();
  }
}
