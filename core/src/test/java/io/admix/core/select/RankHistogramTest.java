package io.admix.core.select;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RankHistogramTest {
  @Test
  void placesRanksByTheirUnsignedTopBits() {
    RankHistogram histogram = new RankHistogram();
    histogram.add(-1L);
    histogram.add(0L);
    histogram.add(Long.MIN_VALUE);

    assertThat(histogram.bucketOf(1)).isEqualTo(new RankHistogram.Position(0, 0, 1));
    assertThat(histogram.bucketOf(2)).isEqualTo(new RankHistogram.Position(32_768, 1, 1));
    assertThat(histogram.bucketOf(3)).isEqualTo(new RankHistogram.Position(65_535, 2, 1));
  }

  @Test
  void bucketOfTellsHowManyLieBelow() {
    RankHistogram histogram = new RankHistogram();
    for (int i = 0; i < 3; i++) {
      histogram.add(5L << 48 | i);
      histogram.add(9L << 48 | i);
    }

    assertThat(histogram.bucketOf(3)).isEqualTo(new RankHistogram.Position(5, 0, 3));
    assertThat(histogram.bucketOf(4)).isEqualTo(new RankHistogram.Position(9, 3, 3));
    assertThatThrownBy(() -> histogram.bucketOf(7))
        .hasMessageContaining("7")
        .hasMessageContaining("6");
    assertThatThrownBy(() -> histogram.bucketOf(0)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void mergedPartsEqualTheWhole(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    RankHistogram whole = new RankHistogram();
    RankHistogram merged = new RankHistogram();
    RankHistogram[] parts = {new RankHistogram(), new RankHistogram(), new RankHistogram()};
    for (int i = 0; i < 50_000; i++) {
      long rank = random.nextLong();
      whole.add(rank);
      parts[random.nextInt(3)].add(rank);
    }
    for (int part : new int[] {2, 0, 1}) {
      merged.merge(parts[part]);
    }

    assertThat(merged.total()).isEqualTo(whole.total());
    for (int bucket = 0; bucket < whole.buckets(); bucket++) {
      assertThat(merged.count(bucket))
          .as("seed %d bucket %d", seed, bucket)
          .isEqualTo(whole.count(bucket));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13})
  void boundNeverRisesAndAlwaysHoldsTheLowest(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    RankHistogram histogram = new RankHistogram();
    int k = 500;
    long[] added = new long[20_000];
    long last = -1L;
    for (int i = 0; i < added.length; i++) {
      added[i] = random.nextLong();
      histogram.add(added[i]);
      if (i % 97 == 0 || i == k - 2 || i == k - 1) {
        long bound = histogram.bound(k);
        assertThat(Long.compareUnsigned(bound, last)).as("seed %d at %d", seed, i).isNotPositive();
        long notAbove =
            Arrays.stream(added, 0, i + 1).filter(r -> Long.compareUnsigned(r, bound) <= 0).count();
        assertThat(notAbove)
            .as("seed %d at %d", seed, i)
            .isGreaterThanOrEqualTo(Math.min(k, i + 1));
        last = bound;
      }
    }
    // 500 of 20,000 uniform ranks lie below 2.5 %: the bound must have come down near to that.
    assertThat(last >>> 48).as("seed %d", seed).isBetween(1_300L, 2_000L);
  }

  @Test
  void boundIsTheHighestRankWhileThereAreTooFew() {
    RankHistogram histogram = new RankHistogram();
    histogram.add(3);
    assertThat(histogram.bound(2)).isEqualTo(-1L);
    assertThat(histogram.bound(1)).isEqualTo(0x0000_ffff_ffff_ffffL);
    assertThat(histogram.bound(0)).isZero();
  }

  @Test
  void narrowerHistogramCountsOnlyItsRange() {
    RankRange range = new RankRange(0xabcd_0000_0000_0000L, 16);
    RankHistogram histogram = new RankHistogram(range);
    histogram.add(0xabcd_1234_0000_0000L);
    histogram.add(0xabce_1234_0000_0000L);
    histogram.add(0xabcc_ffff_ffff_ffffL);

    assertThat(histogram.total()).isEqualTo(1);
    assertThat(histogram.count(0x1234)).isEqualTo(1);
    assertThat(histogram.bucketRange(0x1234)).isEqualTo(new RankRange(0xabcd_1234_0000_0000L, 32));
    assertThatThrownBy(() -> histogram.merge(new RankHistogram()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void fourthLevelBucketsAreSingleRanks() {
    RankRange range = new RankRange(0x0123_4567_89ab_0000L, 48);
    RankHistogram histogram = new RankHistogram(range);
    histogram.add(0x0123_4567_89ab_cdefL);

    assertThat(histogram.count(0xcdef)).isEqualTo(1);
    RankRange single = histogram.bucketRange(0xcdef);
    assertThat(single.isSingle()).isTrue();
    assertThat(single.contains(0x0123_4567_89ab_cdefL)).isTrue();
    assertThat(single.contains(0x0123_4567_89ab_cdeeL)).isFalse();
    assertThat(single.last()).isEqualTo(single.first());
    assertThatThrownBy(() -> new RankHistogram(single))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
