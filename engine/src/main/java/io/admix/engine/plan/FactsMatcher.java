package io.admix.engine.plan;

import io.admix.core.select.FileFacts;
import io.admix.core.select.FilterMatcher;
import io.admix.engine.plan.MatchedFile.Look;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which sources of a group match a file. Used by one thread for one file after the other. */
final class FactsMatcher {
  private final List<FilterMatcher> matchers;
  private final boolean[] matches;

  FactsMatcher(List<PlanSourceInfo> group, ZoneId zone) {
    this.matchers =
        group.stream().map(source -> FilterMatcher.of(source.spec().filter(), zone)).toList();
    this.matches = new boolean[matchers.size()];
  }

  /** Whether any source matches the next file. */
  boolean any(FileFacts facts) {
    boolean isMatch = false;
    for (int i = 0; i < matches.length; i++) {
      matches[i] = matchers.get(i).matches(facts);
      isMatch |= matches[i];
    }
    return isMatch;
  }

  /** What each source takes that file for. */
  @Nullable Look[] looks(Look look) {
    @Nullable Look[] looks = new Look[matches.length];
    for (int i = 0; i < looks.length; i++) {
      looks[i] = matches[i] ? look : null;
    }
    return looks;
  }

  List<FilterMatcher> matchers() {
    return matchers;
  }
}
