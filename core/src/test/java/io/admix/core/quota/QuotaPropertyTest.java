package io.admix.core.quota;

import static org.assertj.core.api.Assertions.assertThat;

import io.admix.core.recipe.Filter;
import io.admix.core.recipe.Layout;
import io.admix.core.recipe.LinkMethod;
import io.admix.core.recipe.OnError;
import io.admix.core.recipe.OnShortage;
import io.admix.core.recipe.Origin;
import io.admix.core.recipe.Recipe;
import io.admix.core.recipe.Share;
import io.admix.core.recipe.SourceSpec;
import io.admix.core.recipe.Total;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class QuotaPropertyTest {
  private static final int ROUNDS = 400;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void requestedSumsToTheTotalForEveryGoodRecipe(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int good = 0;
    for (int round = 0; round < ROUNDS; round++) {
      List<Share> shares = shares(random);
      Total total =
          new Total.Fixed(random.nextLong(1, random.nextBoolean() ? 100 : 1_000_000_000L));
      if (StaticChecks.problem(total, shares).isPresent()) {
        continue;
      }
      good++;
      long[] plenty = LongStream.generate(() -> 1L << 40).limit(shares.size()).toArray();
      Allocation result = quotas(total, OnShortage.FAIL, shares).allocate(plenty);
      String at = "seed %d round %d %s %s".formatted(seed, round, total, shares);
      assertThat(result.files()).as(at).isEqualTo(((Total.Fixed) total).files());
      assertThat(result.isFeasible()).as(at).isTrue();
      for (int i = 0; i < shares.size(); i++) {
        if (shares.get(i) instanceof Share.Count count) {
          assertThat(result.quotas().get(i).files()).as(at).isEqualTo(count.files());
        }
      }
    }
    assertThat(good).as("good recipes, or nothing was tested").isGreaterThan(ROUNDS / 10);
  }

  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13, 14, 15})
  void redistributeReachesTheTotalWheneverPercentsAndWeightsHaveEnough(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    for (int round = 0; round < ROUNDS; round++) {
      List<Share> shares = shares(random);
      Total.Fixed total = new Total.Fixed(random.nextLong(1, 1_000));
      if (StaticChecks.problem(total, shares).isPresent()) {
        continue;
      }
      long[] available = available(random, shares.size(), 400);
      Allocation result = quotas(total, OnShortage.REDISTRIBUTE, shares).allocate(available);
      long most = 0;
      String at =
          "seed %d round %d %s %s %s"
              .formatted(seed, round, total, shares, Arrays.toString(available));
      for (int i = 0; i < shares.size(); i++) {
        long given = result.quotas().get(i).files();
        most +=
            shares.get(i) instanceof Share.Count c
                ? Math.min(c.files(), available[i])
                : available[i];
        assertThat(given).as(at).isBetween(0L, available[i]);
        if (shares.get(i) instanceof Share.Count count) {
          assertThat(given).as(at).isEqualTo(Math.min(count.files(), available[i]));
        }
      }
      assertThat(result.files()).as(at).isEqualTo(Math.min(total.files(), most));
      assertThat(result.shortages().isEmpty()).as(at).isEqualTo(fits(result));
      assertRatioKept(result, shares, available, at);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {21, 22, 23, 24, 25})
  void maxFitsAndOneMoreWouldNot(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int tested = 0;
    for (int round = 0; round < ROUNDS; round++) {
      List<Share> shares = shares(random);
      if (StaticChecks.problem(new Total.Max(), shares).isPresent()) {
        continue;
      }
      long[] available = available(random, shares.size(), 5_000);
      Allocation result = quotas(new Total.Max(), OnShortage.TAKE_ALL, shares).allocate(available);
      if (!result.isFeasible() || result.total() == 0) {
        continue;
      }
      tested++;
      String at =
          "seed %d round %d %s %s".formatted(seed, round, shares, Arrays.toString(available));
      assertThat(result.quotas().stream().mapToLong(Quota::requested).sum())
          .as(at)
          .isEqualTo(result.total());
      for (int i = 0; i < shares.size(); i++) {
        if (!(shares.get(i) instanceof Share.Count)) {
          assertThat(exactAbove(shares, i, result.total(), available[i])).as(at).isFalse();
          assertThat(result.quotas().get(i).requested()).as(at).isLessThanOrEqualTo(available[i]);
        }
      }
      int binding = result.binding().orElseThrow();
      assertThat(exactAbove(shares, binding, result.total() + 1, available[binding]))
          .as(at)
          .isTrue();
    }
    assertThat(tested).as("mixes, or nothing was tested").isGreaterThan(ROUNDS / 20);
  }

  private static boolean fits(Allocation result) {
    return result.quotas().stream().allMatch(q -> q.requested() <= q.available());
  }

  /** Sources that are not exhausted stay within one file of their ratio. */
  private static void assertRatioKept(
      Allocation result, List<Share> shares, long[] available, String at) {
    for (int i = 0; i < shares.size(); i++) {
      for (int j = 0; j < shares.size(); j++) {
        if (shares.get(i) instanceof Share.Weight a
            && shares.get(j) instanceof Share.Weight b
            && result.quotas().get(i).files() < available[i]
            && result.quotas().get(j).files() < available[j]) {
          // |x/a - y/b| < 1/a + 1/b, without division.
          BigDecimal left = BigDecimal.valueOf(result.quotas().get(i).files()).multiply(b.value());
          BigDecimal right = BigDecimal.valueOf(result.quotas().get(j).files()).multiply(a.value());
          assertThat(left.subtract(right).abs()).as(at).isLessThan(a.value().add(b.value()));
        }
      }
    }
  }

  /**
   * Whether the exact share of a total is above what there is, in decimals and without division.
   */
  private static boolean exactAbove(List<Share> shares, int source, long total, long available) {
    BigDecimal hundred = BigDecimal.valueOf(100);
    BigDecimal all = BigDecimal.valueOf(total);
    BigDecimal counts = BigDecimal.ZERO;
    BigDecimal percents = BigDecimal.ZERO;
    BigDecimal weights = BigDecimal.ZERO;
    for (Share share : shares) {
      switch (share) {
        case Share.Count c -> counts = counts.add(BigDecimal.valueOf(c.files()));
        case Share.Percent p -> percents = percents.add(p.value());
        case Share.Weight w -> weights = weights.add(w.value());
      }
    }
    BigDecimal has = BigDecimal.valueOf(available);
    if (shares.get(source) instanceof Share.Percent p) {
      return all.multiply(p.value()).compareTo(has.multiply(hundred)) > 0;
    }
    BigDecimal rest = all.subtract(counts).multiply(hundred).subtract(all.multiply(percents));
    BigDecimal weight = ((Share.Weight) shares.get(source)).value();
    return rest.multiply(weight).compareTo(has.multiply(hundred).multiply(weights)) > 0;
  }

  private static List<Share> shares(SplittableRandom random) {
    List<Share> shares = new ArrayList<>();
    int count = random.nextInt(1, 8);
    boolean onlyPercents = random.nextInt(6) == 0;
    for (int i = 0; i < count; i++) {
      int kind = onlyPercents ? 1 : random.nextInt(4);
      shares.add(
          switch (kind) {
            case 0 -> new Share.Count(random.nextLong(1, 60));
            case 1 -> new Share.Percent(BigDecimal.valueOf(random.nextInt(1, 30_000), 3));
            default ->
                new Share.Weight(
                    BigDecimal.valueOf(random.nextInt(1, 1_000), random.nextInt(-6, 12)));
          });
    }
    if (onlyPercents) {
      shares.clear();
      shares.addAll(List.of(percent("12.5"), percent("20.0000001"), percent("67.4999999")));
    }
    return shares;
  }

  private static Share percent(String value) {
    return new Share.Percent(new BigDecimal(value));
  }

  private static long[] available(SplittableRandom random, int count, long bound) {
    return random.longs(count, 0, bound).toArray();
  }

  /** "c5 p10 w0.5": a count, a percent, a weight. */
  static List<Share> shares(String text) {
    return Stream.of(text.split(" "))
        .<Share>map(word ->
            switch (word.charAt(0)) {
              case 'c' -> new Share.Count(Long.parseLong(word.substring(1)));
              case 'p' -> percent(word.substring(1));
              default -> new Share.Weight(new BigDecimal(word.substring(1)));
            })
        .toList();
  }

  static Quotas quotas(Total total, OnShortage policy, String shares) {
    return quotas(total, policy, shares(shares));
  }

  /** Sources s0, s1, … with these shares. */
  static Quotas quotas(Total total, OnShortage policy, List<Share> shares) {
    List<SourceSpec> sources = new ArrayList<>();
    for (int i = 0; i < shares.size(); i++) {
      sources.add(new SourceSpec("s" + i, new Origin.Dataset("d" + i), shares.get(i), Filter.ALL));
    }
    return Quotas.of(
        new Recipe(
            "mix",
            1L,
            total,
            null,
            Layout.BY_SOURCE,
            LinkMethod.DEFAULT_ORDER,
            policy,
            OnError.FAIL,
            sources));
  }
}
