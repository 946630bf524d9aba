package io.admix.core.quota;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ApportionmentTest {
  @Test
  void largestFractionsGetTheSeatsLeft() {
    assertThat(divide(10, "1", "1", "1")).containsExactly(4, 3, 3);
    assertThat(divide(7, "5", "3", "1")).containsExactly(4, 2, 1);
    assertThat(divide(100, "0.333", "0.667")).containsExactly(33, 67);
  }

  @Test
  void tiesGoToTheEarlier() {
    assertThat(divide(2, "1", "1", "1", "1")).containsExactly(1, 1, 0, 0);
    assertThat(divide(1, "0.1", "0.10")).containsExactly(1, 0);
  }

  @Test
  void tinyWeightIsExact() {
    assertThat(divide(1_000_000_001, "1", "1e-9")).containsExactly(1_000_000_000, 1);
    // 18,750,000,000,000 of which a weight of 1e-9 gets 18,750: floating point loses such sources.
    assertThat(divide(18_750_000_018_750L, "1", "1e-9"))
        .containsExactly(18_750_000_000_000L, 18_750);
  }

  @Test
  void zeroSeatsAndZeroWeights() {
    assertThat(divide(0, "1", "2")).containsExactly(0, 0);
    assertThat(divide(5, "0", "2")).containsExactly(0, 5);
    assertThatThrownBy(() -> divide(1, "0", "0")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> divide(1, "-1", "2")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> divide(-1, "1")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void sharesThatDoNotSumAreRefused() {
    BigInteger[] thirds = {BigInteger.ONE, BigInteger.ONE};
    assertThatThrownBy(() -> Apportionment.round(1, thirds, BigInteger.valueOf(3)))
        .hasMessageContaining("sum to 1");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void sumsExactlyAndNobodyIsAWholeSeatAway(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    for (int round = 0; round < 200; round++) {
      List<BigDecimal> weights = weights(random);
      long seats = random.nextLong(random.nextBoolean() ? 20 : 1_000_000_000_000L);
      long[] parts = Apportionment.largestRemainder(seats, weights);
      BigDecimal sum = weights.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
      assertThat(Arrays.stream(parts).sum()).as("seed %d round %d", seed, round).isEqualTo(seats);
      for (int i = 0; i < parts.length; i++) {
        BigDecimal exact =
            weights.get(i).multiply(BigDecimal.valueOf(seats)).divide(sum, new MathContext(60));
        assertThat(exact.subtract(BigDecimal.valueOf(parts[i])).abs())
            .as("seed %d round %d source %d of %s", seed, round, i, weights)
            .isLessThan(BigDecimal.ONE);
      }
    }
  }

  /** Magnitudes from 1e-9 to 1e9 mixed in one list. */
  private static List<BigDecimal> weights(SplittableRandom random) {
    List<BigDecimal> weights = new ArrayList<>();
    int count = random.nextInt(1, 30);
    for (int i = 0; i < count; i++) {
      weights.add(BigDecimal.valueOf(random.nextInt(1, 1_000), random.nextInt(-7, 10)));
    }
    return weights;
  }

  private static long[] divide(long seats, String... weights) {
    return Apportionment.largestRemainder(seats, Stream.of(weights).map(BigDecimal::new).toList());
  }
}
