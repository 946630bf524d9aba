package io.admix.core.quota;

import io.admix.core.recipe.Share;
import io.admix.core.recipe.Total;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;

/**
 * What is wrong with the shares of a recipe whatever its sources have: the sums that cannot come
 * out.
 */
public final class StaticChecks {
  private StaticChecks() {}

  /**
   * What is wrong, with the sum and the way out, or empty.
   *
   * @param total as the recipe says it
   * @param shares one per source, at least one
   */
  public static Optional<String> problem(Total total, List<Share> shares) {
    Shares parts = new Shares(shares);
    if (parts.percentSum().compareTo(BigDecimal.valueOf(100)) > 0) {
      return Optional.of(
          "percents sum to "
              + text(parts.percentSum())
              + " %: "
              + parts.percentTerms()
              + "; at most 100 % fit");
    }
    return switch (total) {
      case Total.Fixed fixed -> problemOfFixed(fixed.files(), parts);
      case Total.Max max -> problemOfMax(parts);
      case Total.OfCounts ofCounts -> problemOfCounts(parts);
    };
  }

  private static Optional<String> problemOfCounts(Shares parts) {
    return parts.hasPercents() || parts.hasWeights()
        ? Optional.of("percents and weights need a total: write `total: <files>` or `total: max`")
        : Optional.empty();
  }

  private static Optional<String> problemOfFixed(long total, Shares parts) {
    int rest = parts.restSign(total);
    if (rest < 0) {
      return Optional.of(
          sum(total, parts) + ", more than total " + total + ": lower them or raise the total");
    }
    if (rest > 0 && !parts.hasWeights()) {
      return Optional.of(
          sum(total, parts)
              + ", not total "
              + total
              + ": give one source a weight to take the rest, or change the total");
    }
    if (rest == 0 && parts.hasWeights()) {
      return Optional.of(
          sum(total, parts) + ", all of total " + total + ": nothing is left for the weights");
    }
    return Optional.empty();
  }

  private static Optional<String> problemOfMax(Shares parts) {
    if (!parts.hasPercents() && !parts.hasWeights()) {
      return Optional.of(
          "`total: max` with counts only: counts do not grow; leave `total` out (their sum is "
              + parts.countSum()
              + ")");
    }
    if (parts.hasWeights()) {
      return parts.percentsLeaveSome()
          ? Optional.empty()
          : Optional.of(
              "percents sum to 100 %: "
                  + parts.percentTerms()
                  + "; nothing is left for the weights");
    }
    if (parts.percentsLeaveSome() && !parts.hasCounts()) {
      return Optional.of(
          "percents sum to "
              + text(parts.percentSum())
              + " %: "
              + parts.percentTerms()
              + "; give one source a weight to take the rest");
    }
    if (parts.hasCounts()) {
      return Optional.of(
          "counts of "
              + parts.countSum()
              + " and percents of "
              + text(parts.percentSum())
              + " % leave no total to choose, so `max` has no meaning: write the total, or give one source a weight");
    }
    return Optional.empty();
  }

  /** "counts 2000 + percents 5000 (50 % of 10000) = 7000". */
  private static String sum(long total, Shares parts) {
    if (!parts.hasPercents()) {
      return "counts sum to " + parts.countSum();
    }
    BigDecimal percents = parts.percentFiles(total);
    String shown =
        "percents " + text(percents) + " (" + text(parts.percentSum()) + " % of " + total + ")";
    if (parts.countSum().equals(BigInteger.ZERO)) {
      return shown;
    }
    return "counts "
        + parts.countSum()
        + " + "
        + shown
        + " = "
        + text(percents.add(new BigDecimal(parts.countSum())));
  }

  private static String text(BigDecimal number) {
    return number.toPlainString();
  }
}
