package io.admix.server.pages.datasets;

import io.admix.catalog.Distribution;
import io.admix.server.pages.Plot;
import io.admix.server.pages.Visit;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Files over time: by day, month or year, as long as they go back; times without files are 0. */
final class Dates {
  /** More columns are too narrow to be told apart. */
  private static final long COLUMNS_MOST = 62;

  /** Beyond that somebody's clock was wrong; only years with files are shown. */
  private static final long YEARS_MOST = 200;

  private Dates() {}

  static @Nullable Plot plot(Visit visit, Distribution spread) {
    if (spread.months().isEmpty()) {
      return null;
    }
    SequencedMap<String, Long> counts = counts(spread);
    return Figures.plot(
        visit,
        Plot.Kind.COLUMNS,
        new ArrayList<>(counts.keySet()),
        new ArrayList<>(counts.values()));
  }

  private static SequencedMap<String, Long> counts(Distribution spread) {
    if (!spread.days().isEmpty()) {
      LocalDate first = LocalDate.parse(spread.days().firstEntry().getKey());
      LocalDate last = LocalDate.parse(spread.days().lastEntry().getKey());
      if (ChronoUnit.DAYS.between(first, last) < COLUMNS_MOST) {
        return filled(
            spread.days(), last.toString(), day -> LocalDate.parse(day).plusDays(1).toString());
      }
    }
    YearMonth first = YearMonth.parse(spread.months().firstEntry().getKey());
    YearMonth last = YearMonth.parse(spread.months().lastEntry().getKey());
    if (ChronoUnit.MONTHS.between(first, last) < COLUMNS_MOST) {
      return filled(
          spread.months(),
          last.toString(),
          month -> YearMonth.parse(month).plusMonths(1).toString());
    }
    TreeMap<Integer, Long> years = new TreeMap<>();
    spread
        .months()
        .forEach((month, count) -> years.merge(YearMonth.parse(month).getYear(), count, Long::sum));
    SequencedMap<String, Long> texts = new LinkedHashMap<>();
    years.forEach((year, count) -> texts.put(year.toString(), count));
    return years.lastKey() - years.firstKey() < YEARS_MOST
        ? filled(texts, years.lastKey().toString(), year -> "" + (Integer.parseInt(year) + 1))
        : texts;
  }

  private static SequencedMap<String, Long> filled(
      SequencedMap<String, Long> counts, String last, UnaryOperator<String> next) {
    SequencedMap<String, Long> all = new LinkedHashMap<>();
    for (String at = counts.firstEntry().getKey(); !at.equals(last); at = next.apply(at)) {
      all.put(at, counts.getOrDefault(at, 0L));
    }
    all.put(last, counts.getOrDefault(last, 0L));
    return all;
  }
}
