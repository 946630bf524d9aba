package io.admix.engine.plan;

import io.admix.core.recipe.Recipe;
import io.admix.core.recipe.Share;
import io.admix.core.recipe.SourceSpec;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * Fills a total from sources that overlap, where some are short: all percents and weights are asked
 * for more, in proportion to their exact shares, until what they give fills the total. Who gives
 * less than it is asked for is exhausted; the others keep their ratio. Counts are never asked for
 * more.
 *
 * <p>Asking one source for one file more gives one file more in all, or none, never fewer: the file
 * that it takes may be missing to a later source, which takes its next one instead, and so on,
 * until one takes a file that nobody had or has no other. So what is given never falls as the level
 * rises, and halving finds the level; between two levels the sources are asked one after the other.
 * The total is met exactly whenever the files for it are there, else all that can be given is
 * given.
 */
final class SharedLevel {
  private final long total;
  private final long[] counts;
  private final BigInteger[] shares;
  private final BigInteger sum;
  private final long highest;

  /** What was found: asked of each source, given by each, and the walk that gives it. */
  record Filled<L extends Leaves>(List<Long> asked, List<Long> givenEach, L cuts) {
    long files() {
      return givenEach.stream().mapToLong(Long::longValue).sum();
    }

    long[] given() {
      return givenEach.stream().mapToLong(Long::longValue).toArray();
    }

    /** Of the exhausted what they give, of the others what they have. */
    long[] caps(long[] available) {
      return IntStream.range(0, available.length)
          .mapToLong(i -> givenEach.get(i) < asked.get(i) ? givenEach.get(i) : available[i])
          .toArray();
    }
  }

  SharedLevel(Recipe recipe, long total, long[] available) {
    this.total = total;
    List<Share> kinds = recipe.sources().stream().map(SourceSpec::share).toList();
    this.counts =
        kinds.stream()
            .mapToLong(kind -> kind instanceof Share.Count count ? count.files() : 0)
            .toArray();
    this.shares = shares(kinds, total, Arrays.stream(counts).sum());
    this.sum = Arrays.stream(shares).reduce(BigInteger.ZERO, BigInteger::add);
    this.highest = highest(available);
  }

  /** Exact shares of the total over a common denominator; 0 of counts. */
  private static BigInteger[] shares(List<Share> kinds, long total, long counts) {
    BigDecimal all = BigDecimal.valueOf(total);
    BigDecimal weightSum = BigDecimal.ZERO;
    BigDecimal percentSum = BigDecimal.ZERO;
    for (Share kind : kinds) {
      weightSum = kind instanceof Share.Weight weight ? weightSum.add(weight.value()) : weightSum;
      percentSum =
          kind instanceof Share.Percent percent ? percentSum.add(percent.value()) : percentSum;
    }
    BigDecimal each = weightSum.signum() == 0 ? BigDecimal.ONE : weightSum;
    BigDecimal rest =
        BigDecimal.valueOf(total - counts)
            .multiply(BigDecimal.valueOf(100))
            .subtract(all.multiply(percentSum));
    List<BigDecimal> exact =
        kinds.stream()
            .map(kind ->
                switch (kind) {
                  case Share.Count count -> BigDecimal.ZERO;
                  case Share.Percent percent -> all.multiply(each).multiply(percent.value());
                  case Share.Weight weight -> rest.multiply(weight.value());
                })
            .toList();
    int scale = exact.stream().mapToInt(BigDecimal::scale).max().orElse(0);
    return exact.stream()
        .map(share -> share.setScale(Math.max(scale, 0)).unscaledValue())
        .toArray(BigInteger[]::new);
  }

  /** The level at which everybody is asked for all that it has. */
  private long highest(long[] available) {
    BigInteger most = BigInteger.ZERO;
    for (int i = 0; i < shares.length; i++) {
      if (shares[i].signum() > 0) {
        BigInteger own =
            BigInteger.valueOf(available[i]).multiply(sum).divide(shares[i]).add(BigInteger.ONE);
        most = most.max(own);
      }
    }
    return most.min(BigInteger.valueOf(Long.MAX_VALUE / 4)).longValueExact();
  }

  private long[] asked(long level) {
    long[] asked = counts.clone();
    for (int i = 0; i < asked.length; i++) {
      if (shares[i].signum() > 0) {
        asked[i] = BigInteger.valueOf(level).multiply(shares[i]).divide(sum).longValueExact();
      }
    }
    return asked;
  }

  /** The level that gives the total, or the highest that gives no more, filled up one by one. */
  <L extends Leaves> Filled<L> fill(Walk<L> walk) throws IOException {
    long low = 0;
    Filled<L> best = filled(asked(0), walk);
    long high = Math.min(highest, Math.max(1, total));
    Filled<L> tried = filled(asked(high), walk);
    while (tried.files() < total && high < highest) {
      low = high;
      best = tried;
      high = high > highest / 2 ? highest : high * 2;
      tried = filled(asked(high), walk);
    }
    if (tried.files() <= total) {
      return tried;
    }
    while (high - low > 1 && best.files() < total) {
      long middle = low + (high - low) / 2;
      tried = filled(asked(middle), walk);
      if (tried.files() <= total) {
        low = middle;
        best = tried;
      } else {
        high = middle;
      }
    }
    return topped(best, asked(high), walk);
  }

  /** Raises one source after the other to what the next level asks for. */
  private <L extends Leaves> Filled<L> topped(Filled<L> below, long[] next, Walk<L> walk)
      throws IOException {
    Filled<L> best = below;
    long[] asked = best.asked().stream().mapToLong(Long::longValue).toArray();
    for (int i = 0; i < asked.length && best.files() < total; i++) {
      if (asked[i] < next[i]) {
        asked[i] = next[i];
        best = filled(asked, walk);
      }
    }
    return best;
  }

  private static <L extends Leaves> Filled<L> filled(long[] asked, Walk<L> walk)
      throws IOException {
    L cuts = Objects.requireNonNull(walk.find(asked));
    long[] left = cuts.left();
    return new Filled<>(
        Arrays.stream(asked).boxed().toList(),
        IntStream.range(0, left.length).mapToObj(i -> Math.min(asked[i], left[i])).toList(),
        cuts);
  }
}
