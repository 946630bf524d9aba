package io.admix.core.recipe;

import io.admix.core.name.Printable;
import io.admix.core.recipe.TimeRange.UnknownTime;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads {@code {since, until}}: ISO dates, or dates with a time, with or without an offset. */
final class TimeRangeReader {
  private static final Pattern DATE = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");

  /** No zone is farther from UTC. */
  private static final Duration OFFSET_MAX = Duration.ofHours(18);

  private TimeRangeReader() {}

  static @Nullable TimeRange read(Fields source, String key) {
    Fields range = source.mapping(key, List.of("since", "until", "unknown"));
    if (range == null) {
      return null;
    }
    if (!range.has("since") && !range.has("until")) {
      range.problem("is empty; give since, until, or both");
      return null;
    }
    TimeRange read =
        new TimeRange(
            bound(range, "since"),
            bound(range, "until"),
            Words.read(range, "unknown", UnknownTime.class, UnknownTime.EXCLUDE));
    if (isSurelyEmpty(read)) {
      range.problem("since", "lies after until: no time is in that range");
    }
    return read;
  }

  private static @Nullable TimeBound bound(Fields range, String key) {
    String text = range.text(key);
    if (text == null) {
      return null;
    }
    try {
      return parse(text);
    } catch (DateTimeException e) {
      range.problem(
          key,
          "must be a date such as 2025-06-30, or with a time, 2025-06-30T18:00:00 or 2025-06-30T18:00:00+02:00, not `"
              + Printable.of(text)
              + "`");
      return null;
    }
  }

  private static TimeBound parse(String text) {
    if (text.length() < 10 || !DATE.matcher(text.substring(0, 10)).matches()) {
      throw new DateTimeException("no date");
    }
    if (text.length() == 10) {
      return new TimeBound.Day(LocalDate.parse(text));
    }
    // YAML writes its timestamps with a space.
    String iso = text.charAt(10) == ' ' ? text.substring(0, 10) + "T" + text.substring(11) : text;
    boolean hasOffset = iso.endsWith("Z") || iso.lastIndexOf('+') > 10 || iso.lastIndexOf('-') > 10;
    return hasOffset
        ? new TimeBound.Offset(OffsetDateTime.parse(iso))
        : new TimeBound.Local(LocalDateTime.parse(iso));
  }

  /**
   * Whether the range is empty in every zone: which zone days are in is a setting, not known here.
   */
  private static boolean isSurelyEmpty(TimeRange range) {
    Instant from = range.from(ZoneOffset.UTC);
    Instant before = range.before(ZoneOffset.UTC);
    if (from == null || before == null) {
      return false;
    }
    boolean alike =
        range.since() instanceof TimeBound.Offset == range.until() instanceof TimeBound.Offset;
    return !from.isBefore(alike ? before : before.plus(OFFSET_MAX));
  }
}
