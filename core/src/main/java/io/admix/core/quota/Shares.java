package io.admix.core.quota;

import io.admix.core.recipe.Share;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The shares of a recipe as exact fractions of any total T: a count c is c; a percent p is T·p/100;
 * weights divide T − counts − percents. Each exact share is thus an affine function of T.
 */
final class Shares {
  private static final BigInteger ZERO = BigInteger.ZERO;

  private final List<Share> shares;

  /** Percents as whole numbers over {@link #hundred}; 0 for the others. */
  private final BigInteger[] percents;

  /** Weights as whole numbers; 0 for the others. */
  private final BigInteger[] weights;

  private final BigInteger hundred;
  private final BigInteger countSum;
  private final BigInteger percentSum;
  private final BigInteger weightSum;

  Shares(List<Share> shares) {
    this.shares = List.copyOf(shares);
    int percentScale = scale(percents());
    int weightScale = scale(weights());
    this.hundred = BigInteger.TEN.pow(percentScale + 2);
    this.percents = new BigInteger[shares.size()];
    this.weights = new BigInteger[shares.size()];
    BigInteger counts = ZERO;
    for (int i = 0; i < shares.size(); i++) {
      Share share = shares.get(i);
      percents[i] =
          share instanceof Share.Percent p
              ? p.value().setScale(percentScale).unscaledValue()
              : ZERO;
      weights[i] =
          share instanceof Share.Weight w ? w.value().setScale(weightScale).unscaledValue() : ZERO;
      counts = share instanceof Share.Count c ? counts.add(BigInteger.valueOf(c.files())) : counts;
    }
    this.countSum = counts;
    this.percentSum = Apportionment.sum(percents);
    this.weightSum = Apportionment.sum(weights);
  }

  int size() {
    return shares.size();
  }

  Share get(int source) {
    return shares.get(source);
  }

  /** "weight 0.5", "count 3", "percent 10". */
  String describe(int source) {
    return switch (shares.get(source)) {
      case Share.Count c -> "count " + c.files();
      case Share.Percent p -> "percent " + p.value().toPlainString();
      case Share.Weight w -> "weight " + w.value().toPlainString();
    };
  }

  boolean isCount(int source) {
    return shares.get(source) instanceof Share.Count;
  }

  boolean hasCounts() {
    return countSum.signum() > 0;
  }

  boolean hasPercents() {
    return percentSum.signum() > 0;
  }

  boolean hasWeights() {
    return weightSum.signum() > 0;
  }

  BigInteger countSum() {
    return countSum;
  }

  /** The sum of the percents, in percent. */
  BigDecimal percentSum() {
    return new BigDecimal(percentSum)
        .movePointRight(2)
        .divide(new BigDecimal(hundred))
        .stripTrailingZeros();
  }

  /** "60 + 50": the percents as written. */
  String percentTerms() {
    return percents().map(BigDecimal::toPlainString).collect(Collectors.joining(" + "));
  }

  /** What percents take of a total, exactly. */
  BigDecimal percentFiles(long total) {
    return new BigDecimal(percentSum.multiply(BigInteger.valueOf(total)))
        .divide(new BigDecimal(hundred))
        .stripTrailingZeros();
  }

  /** Whether percents are below 100, so that there is a total of which they leave something. */
  boolean percentsLeaveSome() {
    return percentSum.compareTo(hundred) < 0;
  }

  /** Sign of total − counts − percents. */
  int restSign(long total) {
    return rest(total).signum();
  }

  /** The common denominator of {@link #numerators}. */
  BigInteger denominator() {
    return hasWeights() ? hundred.multiply(weightSum) : hundred;
  }

  /** Exact shares of percents and weights of a total, over {@link #denominator}; 0 for counts. */
  BigInteger[] numerators(long total) {
    BigInteger each = hasWeights() ? weightSum : BigInteger.ONE;
    BigInteger all = BigInteger.valueOf(total).multiply(each);
    BigInteger rest = rest(total);
    BigInteger[] shown = new BigInteger[size()];
    for (int i = 0; i < shown.length; i++) {
      shown[i] = percents[i].signum() > 0 ? all.multiply(percents[i]) : rest.multiply(weights[i]);
    }
    return shown;
  }

  /**
   * The largest whole total of which a percent's or weight's exact share is not above what there
   * is.
   *
   * <p>Percent: T·p/100 ≤ a. Weight: (T·(100 − P) − 100·C)·w ≤ 100·W·a.
   */
  BigInteger totalMax(int source, long available) {
    BigInteger has = BigInteger.valueOf(available).multiply(hundred);
    if (percents[source].signum() > 0) {
      return has.divide(percents[source]);
    }
    BigInteger weight = weights[source];
    return has.multiply(weightSum)
        .add(countSum.multiply(hundred).multiply(weight))
        .divide(hundred.subtract(percentSum).multiply(weight));
  }

  /** total − counts − percents, over {@link #hundred}. */
  private BigInteger rest(long total) {
    BigInteger all = BigInteger.valueOf(total);
    return all.subtract(countSum).multiply(hundred).subtract(all.multiply(percentSum));
  }

  private Stream<BigDecimal> percents() {
    return shares.stream()
        .filter(Share.Percent.class::isInstance)
        .map(s -> ((Share.Percent) s).value());
  }

  private Stream<BigDecimal> weights() {
    return shares.stream()
        .filter(Share.Weight.class::isInstance)
        .map(s -> ((Share.Weight) s).value());
  }

  private static int scale(Stream<BigDecimal> numbers) {
    return Math.max(0, numbers.mapToInt(BigDecimal::scale).max().orElse(0));
  }
}
