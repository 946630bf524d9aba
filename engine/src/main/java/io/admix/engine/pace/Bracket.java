package io.admix.engine.pace;

import java.util.OptionalInt;

/**
 * Numbers of workers that are known to be worse than the present one, on either side, and where to
 * look between them. Steps are factors, since twice as many workers matter, not two more.
 */
final class Bracket {
  /** Numbers nearer than this factor are not told apart: a tenth of throughput at most. */
  private static final double NEAR_BELOW = 1.35;

  /** What gained nothing leaves little to gain half-way to it. */
  private static final double NEAR_ABOVE = 1.5;

  private static final double SMALL = 1.15;
  private static final double MIDDLE = 1.4;

  private int worseBelow;
  private int worseAbove;

  Bracket(int worseBelow, int worseAbove) {
    this.worseBelow = worseBelow;
    this.worseAbove = worseAbove;
  }

  static Bracket open() {
    return new Bracket(0, Learned.UNKNOWN);
  }

  int worseBelow() {
    return worseBelow;
  }

  int worseAbove() {
    return worseAbove;
  }

  void worse(int workers, int than) {
    if (workers < than) {
      worseBelow = Math.max(worseBelow, workers);
    } else {
      worseAbove = Math.min(worseAbove, workers);
    }
  }

  /** The next higher number worth a trial; by {@code factor} where nothing above is known. */
  OptionalInt above(int base, double factor, int most) {
    int limit = Math.min(worseAbove - 1, most);
    if (limit <= base) {
      return OptionalInt.empty();
    }
    if (worseAbove == Learned.UNKNOWN) {
      return OptionalInt.of(Math.min(most, up(base, factor)));
    }
    return worseAbove < base * NEAR_ABOVE
        ? OptionalInt.empty()
        : OptionalInt.of(Math.min(limit, Math.max(base + 1, between(base, worseAbove))));
  }

  /** The next lower number worth a trial; by {@code factor} where nothing below is known. */
  OptionalInt below(int base, double factor) {
    if (worseBelow >= base - 1) {
      return OptionalInt.empty();
    }
    if (worseBelow == 0) {
      return OptionalInt.of(down(base, factor));
    }
    return base < worseBelow * NEAR_BELOW
        ? OptionalInt.empty()
        : OptionalInt.of(Math.min(base - 1, Math.max(worseBelow + 1, between(worseBelow, base))));
  }

  static int up(int base, double factor) {
    return Math.max(base + 1, (int) Math.round(base * factor));
  }

  static int down(int base, double factor) {
    return Math.max(1, Math.min(base - 1, (int) Math.round(base / factor)));
  }

  /** A look around from time to time: near, and every other time a little farther. */
  static double step(long look) {
    return look % 2 == 0 ? SMALL : MIDDLE;
  }

  private static int between(int low, int high) {
    return (int) Math.round(Math.sqrt((double) low * high));
  }
}
