package io.admix.server.pages;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Figures that a page draws, and tells as a table to whoever does not see the drawing.
 *
 * @param kind what is drawn
 * @param unit what the figures count
 * @param categories what the figures are of, in order; of {@link Kind#LINES} moments in
 *     milliseconds since 1970
 * @param series one figure for each category, null where there is none
 */
public record Plot(Kind kind, Unit unit, List<String> categories, List<Series> series) {
  private static final JsonMapper JSON = JsonMapper.shared();

  /** The drawings that there are. */
  public enum Kind {
    /** Bars to the right, one group for each category. */
    BARS,
    /** The same, the series behind one another. */
    STACKED,
    /** Columns without gaps: a histogram. */
    COLUMNS,
    /** Lines over time. */
    LINES
  }

  /** What figures count. */
  public enum Unit {
    NUMBER,
    BYTES,
    PERCENT
  }

  /** Figures of one name and colour. */
  public record Series(String name, Tone tone, List<@Nullable Double> values) {
    /** A series of whole figures. */
    public static Series of(String name, Tone tone, List<Long> values) {
      return new Series(
          name, tone, values.stream().<@Nullable Double>map(Long::doubleValue).toList());
    }
  }

  /** What a colour says; the looks choose it. */
  public enum Tone {
    MAIN,
    SECOND,
    GOOD,
    WARNING,
    BAD,
    QUIET
  }

  /** Of one series. */
  public static Plot of(Kind kind, Unit unit, List<String> categories, Series series) {
    return new Plot(kind, unit, categories, List.of(series));
  }

  /** What the script of the pages draws. */
  public String json() {
    return JSON.writeValueAsString(this);
  }

  /** A figure in words, "" for none. */
  public String words(Visit visit, @Nullable Double value) {
    if (value == null) {
      return "";
    }
    return switch (unit) {
      case BYTES -> visit.bytes(value.longValue());
      case PERCENT -> visit.percent(value);
      case NUMBER ->
          value == Math.rint(value) ? visit.number(value.longValue()) : visit.decimal(value);
    };
  }
}
