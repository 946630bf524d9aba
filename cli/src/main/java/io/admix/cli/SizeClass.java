package io.admix.cli;

/** The classes of sizes that a distribution counts: class i is below 2^i bytes. */
final class SizeClass {
  private static final int LONG_BITS = 62;

  private SizeClass() {}

  static long below(int index) {
    return 1L << Math.min(index, LONG_BITS);
  }

  static String words(int index) {
    return index == 0 ? "empty" : "below " + Words.bytes(below(index));
  }
}
