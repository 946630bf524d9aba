package io.admix.files.object;

/**
 * From which size objects are made in parts, and how large these are. Sizes in bytes; −1 as
 * threshold makes everything in parts.
 *
 * @param copyAbove larger sources are copied in parts; a store takes at most 5 GB at once
 * @param copyPart size of one such part
 * @param putAbove larger bodies are sent in parts
 * @param putPart size of one such part
 * @param atOnce parts of one object that are copied at a time, at least 1
 */
public record PartLimits(long copyAbove, long copyPart, long putAbove, long putPart, int atOnce) {
  /** Source: Amazon S3 user guide, "Amazon S3 multipart upload limits". */
  public static final int PARTS_MAX = 10_000;

  private static final long MIB = 1L << 20;
  private static final long GIB = 1L << 30;

  /** What is right for Amazon's store. */
  public static final PartLimits DEFAULT =
      new PartLimits(5 * GIB, 512 * MIB, 256 * MIB, 64 * MIB, 4);

  public PartLimits {
    if (copyPart < 1 || putPart < 1 || atOnce < 1) {
      throw new IllegalArgumentException(
          "parts must have a size, and one at least is made at once");
    }
  }

  /** The same, with every copy in parts: for stores whose plain copy overwrites. */
  public PartLimits copyingInParts() {
    return new PartLimits(-1, copyPart, putAbove, putPart, atOnce);
  }

  /** Size of the parts of an object, so that there are not too many. */
  static long partSize(long size, long wanted) {
    return Math.max(wanted, (size + PARTS_MAX - 1) / PARTS_MAX);
  }
}
