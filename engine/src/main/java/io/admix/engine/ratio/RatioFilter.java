package io.admix.engine.ratio;

import io.admix.core.recipe.Filter;
import io.admix.core.recipe.LabelFilter;
import io.admix.core.recipe.TimeRange;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * DataMate's conditions of one source, as they were sent: they are stored and shown again word by
 * word.
 *
 * @param dateRange null or empty for any time, else two ISO dates or date-times
 * @param label null for any file, labelled or not
 */
public record RatioFilter(@Nullable List<String> dateRange, @Nullable Label label) {
  /** Every file passes. */
  public static final RatioFilter ALL = new RatioFilter(null, null);

  public RatioFilter {
    dateRange = dateRange == null ? null : List.copyOf(dateRange);
  }

  /**
   * Asks for one tag at least.
   *
   * @param label of the tag; null or empty for any
   * @param value of the tag; null or empty for any
   */
  public record Label(@Nullable String label, @Nullable String value) {}

  /** What is wrong with the range of dates, as the end of a sentence about it. */
  public static Optional<String> problemOfDates(List<String> range, ZoneId zone) {
    if (range.isEmpty()) {
      return Optional.empty();
    }
    if (range.size() != 2) {
      return Optional.of("must be two dates, start and end, not " + range.size());
    }
    return RatioDates.problem(range.get(0), range.get(1), zone);
  }

  /**
   * The conditions in a recipe's words.
   *
   * @param unknown what becomes of files whose tags never changed, under a range of dates
   */
  Filter filter(TimeRange.UnknownTime unknown) {
    TimeRange tagged =
        dateRange == null || dateRange.isEmpty()
            ? null
            : new TimeRange(
                RatioDates.parse(dateRange.get(0)), RatioDates.parse(dateRange.get(1)), unknown);
    return new Filter(labelFilter(), tagged, null, List.of(), List.of());
  }

  private @Nullable LabelFilter labelFilter() {
    if (label == null) {
      return null;
    }
    return new LabelFilter(
        label.label == null ? "" : label.label,
        label.value == null || label.value.isEmpty() ? List.of() : List.of(label.value));
  }

  /** DataMate's stored form, byte by byte as its own writer makes it. */
  String stored() {
    StringBuilder out = new StringBuilder("{\"date_range\": ");
    if (dateRange == null) {
      out.append("null");
    } else {
      String separator = "[";
      for (String date : dateRange) {
        StoredJson.text(out.append(separator), date);
        separator = ", ";
      }
      out.append(dateRange.isEmpty() ? "[]" : "]");
    }
    out.append(", \"label\": ");
    if (label == null) {
      return out.append("null}").toString();
    }
    StoredJson.text(out.append("{\"label\": "), label.label);
    StoredJson.text(out.append(", \"value\": "), label.value);
    return out.append("}}").toString();
  }
}
