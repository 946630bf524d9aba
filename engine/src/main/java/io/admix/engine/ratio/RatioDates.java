package io.admix.engine.ratio;

import io.admix.core.name.Printable;
import io.admix.core.recipe.TimeBound;
import io.admix.core.recipe.TimeRange;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** ISO dates and date-times as DataMate reads them, extended or basic, with any separator. */
final class RatioDates {
  private static final Pattern DATE =
      Pattern.compile("([0-9]{4})-([0-9]{2})-([0-9]{2})|([0-9]{4})([0-9]{2})([0-9]{2})");

  private static final Pattern TIME =
      Pattern.compile(
          "([0-9]{2})(?::?([0-9]{2})(?::?([0-9]{2})(?:[.,]([0-9]+))?)?)?"
              + "(Z|[+-][0-9]{2}(?::?[0-9]{2}(?::?[0-9]{2})?)?)?");

  /** DataMate keeps microseconds. */
  private static final int FRACTION_DIGITS = 6;

  private RatioDates() {}

  /**
   * One end of a range.
   *
   * @throws DateTimeException when it is none
   */
  static TimeBound parse(String text) {
    Matcher date = DATE.matcher(text);
    if (!date.lookingAt()) {
      throw new DateTimeException("no date");
    }
    int first = date.group(1) != null ? 1 : 4;
    int year = Integer.parseInt(date.group(first));
    if (year == 0) {
      throw new DateTimeException("no year 0");
    }
    LocalDate day =
        LocalDate.of(
            year, Integer.parseInt(date.group(first + 1)), Integer.parseInt(date.group(first + 2)));
    return date.end() == text.length()
        ? new TimeBound.Day(day)
        : withTime(day, text.substring(text.offsetByCodePoints(date.end(), 1)));
  }

  private static TimeBound withTime(LocalDate day, String text) {
    Matcher time = TIME.matcher(text);
    if (!time.matches()) {
      throw new DateTimeException("no time of day");
    }
    LocalDateTime local =
        day.atTime(
            LocalTime.of(
                number(time.group(1)),
                number(time.group(2)),
                number(time.group(3)),
                nanos(time.group(4))));
    @Nullable String offset = time.group(5);
    return offset == null
        ? new TimeBound.Local(local)
        : new TimeBound.Offset(OffsetDateTime.of(local, ZoneOffset.of(offset)));
  }

  private static int number(@Nullable String digits) {
    return digits == null ? 0 : Integer.parseInt(digits);
  }

  private static int nanos(@Nullable String fraction) {
    if (fraction == null) {
      return 0;
    }
    String micros = (fraction + "0".repeat(FRACTION_DIGITS)).substring(0, FRACTION_DIGITS);
    return Integer.parseInt(micros) * 1_000;
  }

  /** What is wrong with two ends of a range, as the end of a sentence about it. */
  static Optional<String> problem(String start, String end, ZoneId zone) {
    for (String text : new String[] {start, end}) {
      try {
        parse(text);
      } catch (DateTimeException e) {
        return Optional.of(
            "must be ISO dates such as 2025-01-31 or 2025-01-31T18:00:00, not `%s`"
                .formatted(Printable.of(text)));
      }
    }
    TimeRange range = new TimeRange(parse(start), parse(end));
    Instant from = range.from(zone);
    Instant before = range.before(zone);
    if (from == null || before == null || from.isBefore(before)) {
      return Optional.empty();
    }
    return Optional.of(
        "begins at `%s`, after its end `%s`".formatted(Printable.of(start), Printable.of(end)));
  }
}
