package io.admix.cli;

/** The classes of sizes that a distribution counts: class i is below 2^i bytes. */
final class SizeClass {
  private SizeClass() {}

  static long below(int index) {
    return io.admix.engine.dataset.DatasetJson.below(index);
  }

  static String words(int index) {
    return index == 0 ? "empty" : "below " + Words.bytes(below(index));
  }
}
