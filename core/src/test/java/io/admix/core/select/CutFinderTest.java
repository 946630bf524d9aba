package io.admix.core.select;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CutFinderTest {
  /**
   * Masks that leave ever fewer ranks, down to two or one: the lower the freer bits, the more ties.
   */
  private static final long[] MASKS = {
    -1L, 0x0000_0000_0000_00ffL, 0x0000_0001_0000_0001L, 0xff00_0000_0000_0003L, 1L, 0L
  };

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void cutTakesExactlyWhatSortingTakes(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    for (long mask : MASKS) {
      Candidates candidates = random(random, mask, 300);
      for (long quota : new long[] {0, 1, 2, 3, 7, 150, 298, 299, 300, 301, Long.MAX_VALUE}) {
        for (int keptMax : new int[] {1, 4, 1_000}) {
          Cut cut = CutFinder.find(candidates, histogram(candidates), quota, keptMax);

          assertThat(candidates.takenBy(cut))
              .as("seed %d mask %x quota %d kept %d", seed, mask, quota, keptMax)
              .isEqualTo(candidates.lowest(quota));
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {5, 6})
  void cutIsTheSameForAnyOrderAndAnyParts(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    for (long mask : MASKS) {
      Candidates candidates = random(random, mask, 500);
      Cut cut = CutFinder.find(candidates, 123);

      assertThat(CutFinder.find(candidates.shuffled(seed), 123))
          .as("seed %d mask %x", seed, mask)
          .isEqualTo(cut);
      for (int parts : new int[] {1, 3, 7}) {
        assertThat(findInParts(candidates.parts(parts), 123, 16))
            .as("seed %d parts %d", seed, parts)
            .isEqualTo(cut);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 8, 15, 16})
  void aCoarseHistogramFindsTheSameCut(int bits) {
    SplittableRandom random = new SplittableRandom(bits);
    for (long mask : MASKS) {
      Candidates candidates = random(random, mask, 700);
      RankHistogram coarse = new RankHistogram(bits);
      candidates.forEach((rank, bytes, offset, length) -> coarse.add(rank));
      for (int quota : new int[] {1, 2, 350, 699, 700}) {
        assertThat(candidates.takenBy(CutFinder.find(candidates, coarse, quota, 16)))
            .as("mask %x, quota %d, %d bits", mask, quota, bits)
            .isEqualTo(candidates.lowest(quota));
      }
    }
  }

  @Test
  void uniformRanksNeedTwoPasses() {
    Candidates candidates = random(new SplittableRandom(9), -1L, 20_000);

    CutFinder.find(candidates, 5_000);

    assertThat(candidates.passes()).isEqualTo(2);
  }

  @Test
  void noneAndAllNeedNoSecondPass() {
    Candidates candidates = random(new SplittableRandom(9), -1L, 100);

    assertThat(CutFinder.find(candidates, 0)).isEqualTo(Cut.NONE);
    assertThat(CutFinder.find(candidates, 100)).isEqualTo(Cut.ALL);
    assertThat(candidates.passes()).isEqualTo(2);
    assertThat(CutFinder.find(new Candidates(), 5)).isEqualTo(Cut.ALL);
  }

  /**
   * However ranks collide, no step asks for more than the bound, and the number of passes stays in
   * proportion.
   */
  @ParameterizedTest
  @CsvSource({"0, 64", "1, 64", "-1, 64"})
  void stepsHoldNoMoreThanTheBound(long mask, int keptMax) {
    Candidates candidates = random(new SplittableRandom(3), mask, 1_000);
    CutFinder.Step step = CutFinder.first(histogram(candidates), 777, keptMax);
    int steps = 0;
    while (!(step instanceof CutFinder.Step.Done)) {
      steps++;
      step =
          switch (step) {
            case CutFinder.Step.Count count -> count.next(fill(count, List.of(candidates)));
            case CutFinder.Step.Keep keep -> {
              LowestFiles kept = keep.gatherer();
              candidates.forEach(kept);
              assertThat(kept.sorted()).hasSizeLessThanOrEqualTo(keptMax);
              yield keep.next(kept);
            }
            case CutFinder.Step.Done done -> done;
          };
    }
    assertThat(steps).isLessThanOrEqualTo(3 + 1_000 / keptMax + 1);
  }

  @Test
  void tiesAreCutInTheOrderOfBytesNotOfUtf16() {
    Candidates candidates = new Candidates();
    candidates.add(5, "\uD83D\uDE00");
    candidates.add(5, "\uFFFD");
    candidates.add(5, "a/b");
    candidates.add(5, "a-b");

    assertThat(candidates.takenBy(CutFinder.find(candidates, 3)))
        .containsExactly("a-b", "a/b", "\uFFFD");
  }

  @Test
  void streamThatLostFilesBetweenPassesIsTold() {
    Candidates before = random(new SplittableRandom(1), 0, 10);
    Candidates after = random(new SplittableRandom(1), 0, 4);

    assertThatThrownBy(() -> CutFinder.find(after, histogram(before), 6))
        .hasMessageContaining("changed");
  }

  @Test
  void noneTakesNothingAndAllTakesEverything() {
    byte[] low = {'a'};
    byte[] high = "\uDBFF\uDFFF".getBytes(java.nio.charset.StandardCharsets.UTF_8);
    assertThat(Cut.NONE.takes(0, low)).isFalse();
    assertThat(Cut.ALL.takes(-1L, high)).isTrue();
    assertThat(Cut.ALL.takes(0, low)).isTrue();
  }

  @Test
  void cutDoesNotChangeWithTheArrayItWasMadeOf() {
    byte[] path = {'a'};
    Cut cut = new Cut(1, path);
    path[0] = 'b';
    cut.path()[0] = 'c';
    assertThat(cut)
        .isEqualTo(new Cut(1, new byte[] {'a'}))
        .hasSameHashCodeAs(new Cut(1, new byte[] {'a'}));
  }

  private static Candidates random(SplittableRandom random, long mask, int count) {
    Candidates candidates = new Candidates();
    // Only the masked bits differ; the others are one random pattern.
    long same = random.nextLong() & ~mask;
    IntStream.range(0, count)
        .forEach(i -> candidates.add(same | (random.nextLong() & mask), "d" + i % 7 + "/f" + i));
    return candidates.shuffled(random.nextLong());
  }

  private static RankHistogram histogram(Candidates candidates) {
    RankHistogram histogram = new RankHistogram();
    candidates.forEach((rank, bytes, offset, length) -> histogram.add(rank));
    return histogram;
  }

  private static Cut findInParts(List<Candidates> parts, long quota, int keptMax) {
    RankHistogram whole = new RankHistogram();
    parts.forEach(part -> whole.merge(histogram(part)));
    CutFinder.Step step = CutFinder.first(whole, quota, keptMax);
    while (true) {
      switch (step) {
        case CutFinder.Step.Done done -> {
          return done.cut();
        }
        case CutFinder.Step.Count count -> step = count.next(fill(count, parts));
        case CutFinder.Step.Keep keep -> {
          LowestFiles merged = keep.gatherer();
          for (Candidates part : parts) {
            LowestFiles kept = keep.gatherer();
            part.forEach(kept);
            merged.merge(kept);
          }
          step = keep.next(merged);
        }
      }
    }
  }

  private static RankHistogram fill(CutFinder.Step.Count count, List<Candidates> parts) {
    RankHistogram merged = count.gatherer();
    for (Candidates part : parts) {
      RankHistogram counted = count.gatherer();
      part.forEach((rank, bytes, offset, length) -> counted.add(rank));
      merged.merge(counted);
    }
    return merged;
  }
}
