package io.admix.core.quota;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Divides whole seats in proportion by largest remainder (Hamilton's method), in exact rational
 * arithmetic.
 *
 * <p>Each gets the whole part of its exact share; the seats left go one by one to the largest
 * fractions, ties to the earlier in the list. So the seats sum exactly, and nobody is a whole seat
 * away from its exact share, whatever the magnitudes: a weight of 1e-9 beside one of 1e9 is as
 * exact as any other.
 */
public final class Apportionment {
  private Apportionment() {}

  /**
   * Divides seats in proportion to weights.
   *
   * @param seats how many to divide, at least 0
   * @param weights at least one above 0, none below
   * @throws IllegalArgumentException when the seats or a weight are below 0, or all weights are 0
   *     and seats are left
   */
  public static long[] largestRemainder(long seats, List<BigDecimal> weights) {
    int scale = Math.max(0, weights.stream().mapToInt(BigDecimal::scale).max().orElse(0));
    return inProportion(
        seats,
        weights.stream().map(w -> w.setScale(scale).unscaledValue()).toArray(BigInteger[]::new));
  }

  /** The same for whole weights. */
  static long[] inProportion(long seats, BigInteger[] weights) {
    BigInteger sum = sum(weights);
    if (seats < 0
        || Arrays.stream(weights).anyMatch(w -> w.signum() < 0)
        || (seats > 0 && sum.signum() == 0)) {
      throw new IllegalArgumentException(
          "cannot divide " + seats + " in proportion to " + Arrays.toString(weights));
    }
    if (seats == 0) {
      return new long[weights.length];
    }
    BigInteger all = BigInteger.valueOf(seats);
    return round(seats, Arrays.stream(weights).map(all::multiply).toArray(BigInteger[]::new), sum);
  }

  /**
   * Rounds exact shares {@code numerators[i] / denominator}, none negative, that sum to {@code
   * seats}.
   *
   * @throws IllegalArgumentException when they do not sum to the seats
   */
  static long[] round(long seats, BigInteger[] numerators, BigInteger denominator) {
    if (!sum(numerators).equals(denominator.multiply(BigInteger.valueOf(seats)))) {
      throw new IllegalArgumentException("the shares do not sum to " + seats);
    }
    long[] whole = new long[numerators.length];
    BigInteger[] fraction = new BigInteger[numerators.length];
    for (int i = 0; i < numerators.length; i++) {
      BigInteger[] parts = numerators[i].divideAndRemainder(denominator);
      whole[i] = parts[0].longValueExact();
      fraction[i] = parts[1];
    }
    // The stream's sort is stable: equal fractions stay in the order of the recipe.
    IntStream.range(0, whole.length)
        .boxed()
        .sorted(Comparator.comparing((Integer i) -> fraction[i]).reversed())
        .limit(seats - Arrays.stream(whole).sum())
        .forEach(i -> whole[i]++);
    return whole;
  }

  static BigInteger sum(BigInteger[] numbers) {
    return Arrays.stream(numbers).reduce(BigInteger.ZERO, BigInteger::add);
  }
}
