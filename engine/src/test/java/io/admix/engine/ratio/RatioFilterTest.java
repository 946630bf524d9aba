package io.admix.engine.ratio;

import static org.assertj.core.api.Assertions.assertThat;

import io.admix.core.recipe.TimeBound;
import io.admix.core.recipe.TimeRange.UnknownTime;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RatioFilterTest {
  private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

  @Test
  void theStoredForm_isWhatDataMateWrites() {
    assertThat(RatioFilter.ALL.stored()).isEqualTo("{\"date_range\": null, \"label\": null}");
    assertThat(
            new RatioFilter(
                    List.of("2025-01-01", "2025-01-02"),
                    new RatioFilter.Label("情感/é\u007f😀\"\\", "a\n\t\u0001"))
                .stored())
        .isEqualTo(
            "{\"date_range\": [\"2025-01-01\", \"2025-01-02\"], \"label\": {\"label\": \"\\u60c5\\u611f/\\u00e9\\u007f\\ud83d\\ude00\\\"\\\\\", \"value\": \"a\\n\\t\\u0001\"}}");
    assertThat(new RatioFilter(List.of(), new RatioFilter.Label(null, "")).stored())
        .isEqualTo("{\"date_range\": [], \"label\": {\"label\": null, \"value\": \"\"}}");
  }

  @Test
  void datesAreRead_asPreciselyAsTheyWereWritten() {
    assertThat(RatioDates.parse("2025-01-31"))
        .isEqualTo(new TimeBound.Day(LocalDate.of(2025, 1, 31)));
    assertThat(RatioDates.parse("20250131"))
        .isEqualTo(new TimeBound.Day(LocalDate.of(2025, 1, 31)));
    for (String text : List.of("2025-01-31T10:20", "2025-01-31 10:20:00", "2025-01-31x1020")) {
      assertThat(RatioDates.parse(text))
          .isEqualTo(new TimeBound.Local(LocalDateTime.parse("2025-01-31T10:20")));
    }
    assertThat(RatioDates.parse("2025-01-31T10:20:30.1234567+02:00"))
        .isEqualTo(new TimeBound.Offset(OffsetDateTime.parse("2025-01-31T10:20:30.123456+02:00")));
    assertThat(RatioDates.parse("2025-01-31T10Z"))
        .isEqualTo(new TimeBound.Offset(OffsetDateTime.parse("2025-01-31T10:00Z")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "2025",
        "2025-1-1",
        "2025-02-30",
        "2025-13-01",
        "0000-01-01",
        "2025-01-01T",
        "2025-01-01T25:00",
        "2025-01-01T10:60",
        "2025-01-01T10:00+99:00",
        "2025-01-01T10:00:00.",
        "2025-01-01😀",
        "٢٠٢٥-01-01"
      })
  void whatIsNoDate_isToldWithItsText(String text) {
    assertThat(RatioFilter.problemOfDates(List.of(text, "2025-01-01"), ZONE).orElseThrow())
        .contains("ISO dates");
  }

  @ParameterizedTest
  @CsvSource({
    "2025-01-01, 2025-01-01, true",
    "2025-01-02, 2025-01-01, false",
    "2025-01-01T23:59, 2025-01-01, true",
    "2025-01-01T10:00, 2025-01-01T09:59, false",
    "2025-01-01T10:00, 2025-01-01T02:00Z, true",
    "2025-01-01T10:01, 2025-01-01T02:00Z, false"
  })
  void aRange_begins_before_it_ends(String start, String end, boolean isGood) {
    assertThat(RatioFilter.problemOfDates(List.of(start, end), ZONE).isEmpty()).isEqualTo(isGood);
  }

  @Test
  void conditionsBecomeTheRecipes() {
    assertThat(RatioFilter.ALL.filter(UnknownTime.EXCLUDE))
        .isEqualTo(io.admix.core.recipe.Filter.ALL);
    var range =
        new RatioFilter(List.of("2025-01-01", "2025-01-02"), null)
            .filter(UnknownTime.MATCH)
            .tagged();
    assertThat(range).isNotNull().extracting("unknown").isEqualTo(UnknownTime.MATCH);
  }
}
