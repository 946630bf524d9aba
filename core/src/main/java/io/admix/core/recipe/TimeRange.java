package io.admix.core.recipe;

import java.time.Instant;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * A range of time, both ends included; a missing end is open. At least one end is there.
 *
 * @param unknown what becomes of a file whose time is not known
 */
public record TimeRange(@Nullable TimeBound since, @Nullable TimeBound until, UnknownTime unknown) {

  /** A range in which a time that is not known does not lie. */
  public TimeRange(@Nullable TimeBound since, @Nullable TimeBound until) {
    this(since, until, UnknownTime.EXCLUDE);
  }

  /** What becomes of a file whose time is not known. */
  public enum UnknownTime {
    /** It lies in no range. */
    EXCLUDE,
    /** It lies in every range. */
    MATCH
  }

  /** First instant that is in the range, or null when open. */
  public @Nullable Instant from(ZoneId zone) {
    return switch (since) {
      case null -> null;
      case TimeBound.Day d -> d.day().atStartOfDay(zone).toInstant();
      case TimeBound.Local l -> l.time().atZone(zone).toInstant();
      case TimeBound.Offset o -> o.time().toInstant();
    };
  }

  /**
   * First instant after the range, or null when open: a bound with a time of day is itself
   * included.
   */
  public @Nullable Instant before(ZoneId zone) {
    return switch (until) {
      case null -> null;
      case TimeBound.Day d -> d.day().plusDays(1).atStartOfDay(zone).toInstant();
      case TimeBound.Local l -> l.time().atZone(zone).toInstant().plusNanos(1);
      case TimeBound.Offset o -> o.time().toInstant().plusNanos(1);
    };
  }
}
