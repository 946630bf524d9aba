package io.admix.core.select;

import io.admix.core.name.Printable;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The last file that a source takes: every file that is not after it, by rank and then by path, is
 * taken.
 *
 * @param rank compared unsigned
 * @param path relative path in UTF-8, compared as unsigned bytes where ranks are equal
 */
public record Cut(long rank, byte[] path) implements Serializable {
  /** Takes nothing: no file's path is empty. */
  public static final Cut NONE = new Cut(0, new byte[0]);

  /** Takes every file: 0xFF is no byte of UTF-8, so every path is below it. */
  public static final Cut ALL = new Cut(-1L, new byte[] {(byte) 0xff});

  public Cut {
    path = path.clone();
  }

  @Override
  public byte[] path() {
    return path.clone();
  }

  /** Whether the source takes the file of this rank and path. */
  public boolean takes(long candidate, byte[] candidatePath) {
    return takes(candidate, candidatePath, 0, candidatePath.length);
  }

  /** Whether the source takes the file of this rank, whose path is a part of an array. */
  public boolean takes(long candidate, byte[] bytes, int offset, int length) {
    return candidate == rank
        ? Arrays.compareUnsigned(bytes, offset, offset + length, path, 0, path.length) <= 0
        : Long.compareUnsigned(candidate, rank) < 0;
  }

  /** Orders by rank, then by path. */
  static int compare(Cut a, Cut b) {
    int byRank = Long.compareUnsigned(a.rank, b.rank);
    return byRank != 0 ? byRank : Arrays.compareUnsigned(a.path, b.path);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Cut cut && cut.rank == rank && Arrays.equals(cut.path, path);
  }

  @Override
  public int hashCode() {
    return 31 * Long.hashCode(rank) + Arrays.hashCode(path);
  }

  @Override
  public String toString() {
    return String.format("%016x %s", rank, Printable.of(new String(path, StandardCharsets.UTF_8)));
  }
}
