package io.admix.core.recipe;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the share of one source: exactly one of count, percent, weight. */
final class ShareReader {
  static final List<String> KEYS = List.of("count", "percent", "weight");

  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

  private ShareReader() {}

  /** The share, or null after a problem was reported. */
  static @Nullable Share read(Fields source) {
    List<String> given = KEYS.stream().filter(source::has).toList();
    if (given.isEmpty()) {
      source.problem("says not how much to take: give one of count, percent, weight");
      return null;
    }
    if (given.size() > 1) {
      source.problem(
          given.getLast(),
          "stands beside "
              + given.getFirst()
              + ": give exactly one of "
              + String.join(" and ", given));
      return null;
    }
    return switch (given.getFirst()) {
      case "count" -> count(source);
      case "percent" -> percent(source);
      default -> weight(source);
    };
  }

  private static @Nullable Share count(Fields source) {
    Long files = Numbers.files(source, "count");
    return files == null ? null : new Share.Count(files);
  }

  private static @Nullable Share percent(Fields source) {
    BigDecimal percent = Numbers.positive(source, "percent");
    if (percent != null && percent.compareTo(HUNDRED) > 0) {
      source.problem("percent", "must be at most 100, not `" + percent.toPlainString() + "`");
      return null;
    }
    return percent == null ? null : new Share.Percent(percent);
  }

  private static @Nullable Share weight(Fields source) {
    BigDecimal weight = Numbers.positive(source, "weight");
    return weight == null ? null : new Share.Weight(weight);
  }
}
