package io.admix.core.quota;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.admix.core.recipe.OnShortage;
import io.admix.core.recipe.Total;
import java.util.List;
import org.junit.jupiter.api.Test;

final class QuotasTest {
  private static final Total MAX = new Total.Max();

  @Test
  void countsThenPercentsThenWeights() {
    Allocation result =
        allocate(total(10_000), OnShortage.FAIL, "p50 w3 w1 c2000", 99_999, 99_999, 99_999, 99_999);

    assertThat(result.toArray()).containsExactly(5_000, 2_250, 750, 2_000);
    assertThat(result.total()).isEqualTo(10_000);
    assertThat(result.isFeasible()).isTrue();
    assertThat(result.shortages()).isEmpty();
    assertThat(result.warnings()).isEmpty();
    assertThat(result.binding()).isEmpty();
  }

  /**
   * 33.3 % of 10 is 3.33; the weights share 6.67 as 3.335 each: the seat goes to the first weight.
   */
  @Test
  void percentsAndWeightsAreRoundedTogether() {
    assertThat(allocate(total(10), OnShortage.FAIL, "p33.3 w1 w1", 10, 10, 10).toArray())
        .containsExactly(3, 4, 3);
    assertThat(allocate(total(3), OnShortage.FAIL, "p50 p50", 9, 9).toArray())
        .containsExactly(2, 1);
  }

  @Test
  void withoutATotalTheCountsAreIt() {
    Allocation result = allocate(new Total.OfCounts(), OnShortage.FAIL, "c5 c7", 5, 7);

    assertThat(result.total()).isEqualTo(12);
    assertThat(result.toArray()).containsExactly(5, 7);
  }

  @Test
  void failNamesEveryShortSource() {
    Allocation result = allocate(total(100), OnShortage.FAIL, "p50 p30 p20", 49, 30, 0);

    assertThat(result.isFeasible()).isFalse();
    assertThat(result.shortages())
        .containsExactly(new Shortage(0, "s0", 50, 49, 49), new Shortage(2, "s2", 20, 0, 0));
    assertThat(result.shortages().getFirst())
        .hasToString("source `s0`: asked for 50, available 49");
  }

  @Test
  void takeAllGivesWhatThereIs() {
    Allocation result = allocate(total(100), OnShortage.TAKE_ALL, "p50 p50", 20, 200);

    assertThat(result.isFeasible()).isTrue();
    assertThat(result.toArray()).containsExactly(20, 50);
    assertThat(result.files()).isEqualTo(70);
    assertThat(result.total()).isEqualTo(100);
    assertThat(result.warnings()).containsExactly("the mix has 70 files, 30 short of 100");
  }

  @Test
  void redistributeKeepsTheRatioOfTheOthersAndRaisesNoCount() {
    Allocation result =
        allocate(total(100), OnShortage.REDISTRIBUTE, "c10 p30 w1 w1", 4, 6, 999, 999);

    // 10 + 30 + 30 + 30 were asked; 6 and 24 are missing, and the weights, alike, take them.
    assertThat(result.toArray()).containsExactly(4, 6, 45, 45);
    assertThat(result.quotas().get(1)).isEqualTo(new Quota("s1", 30, 6, 6));
    assertThat(result.files()).isEqualTo(100);
    assertThat(result.shortages()).hasSize(2);
    assertThat(result.isFeasible()).isTrue();
  }

  /** The first refill overfills the second source; only then is it seen to be short too. */
  @Test
  void redistributeGoesOnUntilNobodyIsAboveWhatItHas() {
    Allocation result = allocate(total(90), OnShortage.REDISTRIBUTE, "w1 w1 w1", 10, 35, 99);

    assertThat(result.toArray()).containsExactly(10, 35, 45);
  }

  @Test
  void redistributeTellsWhatStillIsMissing() {
    Allocation result = allocate(total(100), OnShortage.REDISTRIBUTE, "w1 w1 c10", 10, 35, 500);

    assertThat(result.toArray()).containsExactly(10, 35, 10);
    assertThat(result.warnings()).containsExactly("the mix has 55 files, 45 short of 100");
  }

  @Test
  void redistributeWithCountsOnlyGivesLess() {
    assertThat(allocate(new Total.OfCounts(), OnShortage.REDISTRIBUTE, "c10 c10", 4, 99).toArray())
        .containsExactly(4, 10);
  }

  @Test
  void maxIsTheLargestThatKeepsTheRatioAndNamesWhoBinds() {
    Allocation result = allocate(MAX, OnShortage.FAIL, "w3 w1", 10, 99);

    assertThat(result.total()).isEqualTo(13);
    assertThat(result.binding()).hasValue(1 - 1);
    assertThat(result.toArray()).containsExactly(10, 3);
    assertThat(allocate(MAX, OnShortage.FAIL, "p75 p25", 99, 2).total()).isEqualTo(8);
    assertThat(allocate(MAX, OnShortage.FAIL, "p75 p25", 99, 2).binding()).hasValue(1);
  }

  @Test
  void maxCountsAreConstantAndPercentsAreOfTheWhole() {
    Allocation result = allocate(MAX, OnShortage.FAIL, "c100 p50 w1", 100, 1_000, 50);

    // 50 % + 100 + 50 is the whole: 300.
    assertThat(result.total()).isEqualTo(300);
    assertThat(result.toArray()).containsExactly(100, 150, 50);
    assertThat(result.binding()).hasValue(2);
  }

  @Test
  void maxTieIsBoundByTheEarlier() {
    assertThat(allocate(MAX, OnShortage.FAIL, "w1 w1", 7, 7).binding()).hasValue(0);
  }

  @Test
  void maxOfAnEmptySourceIsAShortage() {
    Allocation result = allocate(MAX, OnShortage.FAIL, "w1 w1", 7, 0);

    assertThat(result.total()).isZero();
    assertThat(result.isFeasible()).isFalse();
    assertThat(result.shortages()).containsExactly(new Shortage(1, "s1", 1, 0, 0));
  }

  @Test
  void maxWithCountsThatLeaveNoRoomIsInfeasible() {
    Allocation result = allocate(MAX, OnShortage.FAIL, "c10 p30 w1", 10, 999, 0);

    assertThat(result.isFeasible()).isFalse();
    assertThat(result.shortages()).extracting(Shortage::name).containsExactly("s2");
    assertThat(result.binding()).hasValue(2);
  }

  @Test
  void maxDoesNotExcuseAShortCount() {
    assertThat(allocate(MAX, OnShortage.FAIL, "c10 w1", 3, 50).isFeasible()).isFalse();
    assertThat(allocate(MAX, OnShortage.TAKE_ALL, "c10 w1", 3, 50).toArray())
        .containsExactly(3, 50);
  }

  @Test
  void sourceThatGetsNothingIsWarnedOf() {
    Allocation result = allocate(total(100), OnShortage.FAIL, "w1 w0.000000001", 200, 200);

    assertThat(result.toArray()).containsExactly(100, 0);
    assertThat(result.warnings())
        .singleElement()
        .asString()
        .contains("`s1`")
        .contains("0.000000001")
        .contains("0 of 100");
  }

  @Test
  void whatEarlierSourcesTookIsReckonedWithButNotShown() {
    Quotas quotas = QuotaPropertyTest.quotas(total(100), OnShortage.REDISTRIBUTE, "w1 w1");
    Allocation result = quotas.allocate(new long[] {500, 60}, new long[] {500, 20});

    assertThat(result.toArray()).containsExactly(80, 20);
    assertThat(result.quotas().get(1)).isEqualTo(new Quota("s1", 50, 60, 20));
    assertThat(result.shortages().getFirst())
        .hasToString("source `s1`: asked for 50, available 60, of which earlier sources leave 20");
  }

  @Test
  void wrongArraysAreRefused() {
    Quotas quotas = QuotaPropertyTest.quotas(total(100), OnShortage.FAIL, "w1 w1");
    assertThatThrownBy(() -> quotas.allocate(new long[1])).hasMessageContaining("2 sources");
    assertThatThrownBy(() -> quotas.allocate(new long[] {1, 1}, new long[] {1, 2}))
        .hasMessageContaining("2 left of 1");
  }

  private static Total total(long files) {
    return new Total.Fixed(files);
  }

  private static Allocation allocate(
      Total total, OnShortage policy, String shares, long... available) {
    return QuotaPropertyTest.quotas(total, policy, shares).allocate(available);
  }

  @Test
  void staticProblemsShowTheSum() {
    assertProblem(total(10), "p60 p50", "110 %: 60 + 50");
    assertProblem(total(10), "c6 c5", "counts sum to 11", "total 10");
    assertProblem(
        total(10_000), "c2000 p50", "counts 2000 + percents 5000 (50 % of 10000) = 7000", "weight");
    assertProblem(total(10_000), "c6000 p50 w1", "= 11000", "more than total 10000");
    assertProblem(total(10), "c5 p50 w1", "nothing is left for the weights");
    assertProblem(total(10), "p99.9", "percents 9.99 (99.9 % of 10)", "not total 10");
    assertProblem(new Total.OfCounts(), "c5 w1", "need a total");
    assertProblem(new Total.OfCounts(), "p5", "need a total");
    assertProblem(MAX, "c5 c1", "counts only", "6");
    assertProblem(MAX, "p50 p50 w1", "nothing is left for the weights");
    assertProblem(MAX, "p50 p40", "90 %");
    assertProblem(MAX, "p50 c10", "no total to choose");
    assertProblem(MAX, "p100 c10", "no total to choose");
    for (String good : List.of("p100", "p50 p50", "w1", "c9 w1", "c3 p10 w1", "p99.999999999 w1")) {
      assertThat(StaticChecks.problem(total(10), QuotaPropertyTest.shares(good)))
          .as(good)
          .isEmpty();
    }
    assertThat(StaticChecks.problem(total(10), QuotaPropertyTest.shares("c5 p50"))).isEmpty();
    assertThat(StaticChecks.problem(MAX, QuotaPropertyTest.shares("c5 p50 w2"))).isEmpty();
    assertThat(StaticChecks.problem(new Total.OfCounts(), QuotaPropertyTest.shares("c5 c2")))
        .isEmpty();
  }

  private static void assertProblem(Total total, String shares, String... parts) {
    assertThat(StaticChecks.problem(total, QuotaPropertyTest.shares(shares)).orElse("(none)"))
        .as(shares)
        .contains(parts);
  }
}
