package io.admix.core.select;

import static org.assertj.core.api.Assertions.assertThat;

import io.admix.core.recipe.Filter;
import io.admix.core.recipe.LabelFilter;
import io.admix.core.recipe.TimeBound;
import io.admix.core.recipe.TimeRange;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class FilterMatcherTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  @Test
  void emptyFilterPassesEverythingAndNeedsNothing() {
    FilterMatcher matcher = FilterMatcher.of(Filter.ALL, BERLIN);

    assertThat(matcher.matches(file("a", null, null, Map.of()))).isTrue();
    assertThat(matcher.needsLabels() || matcher.needsTaggedAt() || matcher.needsModified())
        .isFalse();
  }

  @Test
  void untilADayIncludesThatDayInTheZone() {
    FilterMatcher matcher = tagged(day("2025-01-01"), day("2025-06-30"), BERLIN);

    assertThat(matcher.matches(taggedAt("2024-12-31T22:59:59.999999999Z"))).isFalse();
    assertThat(matcher.matches(taggedAt("2024-12-31T23:00:00Z"))).isTrue();
    assertThat(matcher.matches(taggedAt("2025-06-30T21:59:59.999999999Z"))).isTrue();
    assertThat(matcher.matches(taggedAt("2025-06-30T22:00:00Z"))).isFalse();
  }

  /** On the days when clocks change, a day has 23 or 25 hours. */
  @Test
  void daysOfClockChangesAreWhole() {
    FilterMatcher spring = tagged(day("2025-03-30"), day("2025-03-30"), BERLIN);
    assertThat(spring.matches(taggedAt("2025-03-29T23:00:00Z"))).isTrue();
    assertThat(spring.matches(taggedAt("2025-03-30T21:59:59Z"))).isTrue();
    assertThat(spring.matches(taggedAt("2025-03-30T22:00:00Z"))).isFalse();
    FilterMatcher autumn = tagged(day("2025-10-26"), day("2025-10-26"), BERLIN);
    assertThat(autumn.matches(taggedAt("2025-10-26T22:59:59Z"))).isTrue();
    assertThat(autumn.matches(taggedAt("2025-10-26T23:00:00Z"))).isFalse();
  }

  @Test
  void timesOfDayAreIncludedAtBothEnds() {
    TimeBound noon = new TimeBound.Local(LocalDateTime.parse("2025-01-01T12:00:00"));
    FilterMatcher local = tagged(noon, noon, ZoneOffset.UTC);
    assertThat(local.matches(taggedAt("2025-01-01T12:00:00Z"))).isTrue();
    assertThat(local.matches(taggedAt("2025-01-01T12:00:00.000000001Z"))).isFalse();
    TimeBound offset = new TimeBound.Offset(OffsetDateTime.parse("2025-01-01T12:00:00+02:00"));
    assertThat(tagged(offset, null, BERLIN).matches(taggedAt("2025-01-01T10:00:00Z"))).isTrue();
    assertThat(tagged(offset, null, BERLIN).matches(taggedAt("2025-01-01T09:59:59Z"))).isFalse();
  }

  @Test
  void unknownTimeLiesInNoRange() {
    assertThat(
            tagged(day("2025-01-01"), null, BERLIN)
                .matches(file("a", Instant.now(), null, Map.of())))
        .isFalse();
    FilterMatcher modified =
        FilterMatcher.of(
            new Filter(null, null, new TimeRange(null, day("2099-01-01")), List.of(), List.of()),
            BERLIN);
    assertThat(modified.matches(file("a", null, Instant.EPOCH, Map.of()))).isFalse();
    assertThat(modified.matches(file("a", Instant.EPOCH, null, Map.of()))).isTrue();
    assertThat(modified.needsModified()).isTrue();
    assertThat(modified.needsTaggedAt()).isFalse();
  }

  @Test
  void excludeWinsOverInclude() {
    Filter filter = new Filter(null, null, null, List.of("**/*.c", "**/*.h"), List.of("test/**"));
    FilterMatcher matcher = FilterMatcher.of(filter, BERLIN);

    assertThat(matcher.matches(file("a/x.h", null, null, Map.of()))).isTrue();
    assertThat(matcher.matches(file("a/x.o", null, null, Map.of()))).isFalse();
    assertThat(matcher.matches(file("test/x.c", null, null, Map.of()))).isFalse();
  }

  @Test
  void labelOfAnyNameOrValue() {
    Map<String, String> labels = Map.of("quality", "high");
    assertThat(label("quality", "high", "top").matches(file("a", null, null, labels))).isTrue();
    assertThat(label("quality", "low").matches(file("a", null, null, labels))).isFalse();
    assertThat(label("Quality").matches(file("a", null, null, labels))).isFalse();
    assertThat(label("quality").matches(file("a", null, null, labels))).isTrue();
    assertThat(label("", "high").matches(file("a", null, null, labels))).isTrue();
    assertThat(label("quality").matches(file("a", null, null, Map.of()))).isFalse();
    assertThat(label("quality").needsLabels()).isTrue();
  }

  private static FilterMatcher label(String name, String... values) {
    return FilterMatcher.of(
        new Filter(new LabelFilter(name, List.of(values)), null, null, List.of(), List.of()),
        ZoneOffset.UTC);
  }

  private static FilterMatcher tagged(TimeBound since, TimeBound until, ZoneId zone) {
    return FilterMatcher.of(
        new Filter(null, new TimeRange(since, until), null, List.of(), List.of()), zone);
  }

  private static TimeBound day(String day) {
    return new TimeBound.Day(LocalDate.parse(day));
  }

  private static FileFacts taggedAt(String instant) {
    return file("a", null, Instant.parse(instant), Map.of());
  }

  private static FileFacts file(
      String path, Instant modified, Instant taggedAt, Map<String, String> labels) {
    return new FileFacts() {
      @Override
      public String relativePath() {
        return path;
      }

      @Override
      public Instant modified() {
        return modified;
      }

      @Override
      public Instant taggedAt() {
        return taggedAt;
      }

      @Override
      public boolean anyLabel(LabelTest test) {
        return labels.entrySet().stream().anyMatch(e -> test.test(e.getKey(), e.getValue()));
      }
    };
  }

  @Test
  void aTimeThatIsNotKnown_liesInARangeThatSaysSo() {
    TimeRange range = new TimeRange(day("2025-01-01"), null, TimeRange.UnknownTime.MATCH);
    FilterMatcher matcher =
        FilterMatcher.of(new Filter(null, range, null, List.of(), List.of()), BERLIN);

    assertThat(matcher.matches(file("a", null, null, Map.of()))).isTrue();
    assertThat(matcher.matches(taggedAt("2024-01-01T00:00:00Z"))).isFalse();
  }
}
