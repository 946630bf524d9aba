package io.admix.engine.plan;

import io.admix.core.recipe.Filter;
import io.admix.core.recipe.TimeRange;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Times in parts are nanoseconds in 64 bits, and those beyond are the first or last of these: a
 * filter whose bounds lie within them judges all alike, one whose bounds lie beyond would not.
 */
final class PartTimes {
  private static final Instant FIRST = Instant.ofEpochSecond(0, Long.MIN_VALUE);
  private static final Instant LAST = Instant.ofEpochSecond(0, Long.MAX_VALUE);

  private PartTimes() {}

  static List<String> problems(List<PlanSourceInfo> sources, ZoneId zone) {
    List<String> problems = new ArrayList<>();
    for (PlanSourceInfo source : sources) {
      Filter filter = source.spec().filter();
      if (source.dataset() != null
          && (isBeyond(filter.tagged(), zone) || isBeyond(filter.modified(), zone))) {
        problems.add(
            "source `%s`: a time of its filter lies beyond what an export holds, which is %s to %s: leave that bound out, or plan on one machine"
                .formatted(source.name(), FIRST, LAST));
      }
    }
    return problems;
  }

  private static boolean isBeyond(@Nullable TimeRange range, ZoneId zone) {
    return range != null && (isBeyond(range.from(zone)) || isBeyond(range.before(zone)));
  }

  private static boolean isBeyond(@Nullable Instant bound) {
    return bound != null && !(bound.isAfter(FIRST) && bound.isBefore(LAST));
  }
}
