package io.admix.core.select;

import io.admix.core.recipe.Filter;
import io.admix.core.recipe.LabelFilter;
import io.admix.core.recipe.TimeRange;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A source's filter, compiled. A file passes when every condition that is given holds: one of its
 * labels is accepted; its tagged and modified times lie in their ranges; its path matches an
 * include, if there are any, and no exclude. A time that is not known lies in no range, unless the
 * range says otherwise.
 *
 * <p>Immutable and safe for threads.
 */
public final class FilterMatcher {
  private final @Nullable LabelFilter label;
  private final @Nullable Range tagged;
  private final @Nullable Range modified;
  private final List<Glob> include;
  private final List<Glob> exclude;

  private FilterMatcher(Filter filter, ZoneId zone) {
    this.label = filter.label();
    this.tagged = Range.of(filter.tagged(), zone);
    this.modified = Range.of(filter.modified(), zone);
    this.include = filter.include().stream().map(Glob::compile).toList();
    this.exclude = filter.exclude().stream().map(Glob::compile).toList();
  }

  /**
   * Compiles a filter.
   *
   * @param zone where days begin and times without an offset are
   * @throws IllegalArgumentException when a pattern is none: a validated recipe has only good ones
   */
  public static FilterMatcher of(Filter filter, ZoneId zone) {
    return new FilterMatcher(filter, zone);
  }

  /** Whether the file passes. What is dear to know, its labels, is asked last. */
  public boolean matches(FileFacts file) {
    return matchesTimes(file)
        && (!needsPath() || matchesPath(file.relativePath()))
        && matchesLabel(file);
  }

  private boolean needsPath() {
    return !include.isEmpty() || !exclude.isEmpty();
  }

  /** Whether {@link FileFacts#anyLabel} is ever asked. */
  public boolean needsLabels() {
    return label != null;
  }

  /** Whether {@link FileFacts#taggedAt} is ever asked. */
  public boolean needsTaggedAt() {
    return tagged != null;
  }

  /** Whether {@link FileFacts#modified} is ever asked. */
  public boolean needsModified() {
    return modified != null;
  }

  private boolean matchesTimes(FileFacts file) {
    return (tagged == null || tagged.contains(file.taggedAt()))
        && (modified == null || modified.contains(file.modified()));
  }

  private boolean matchesPath(String path) {
    return (include.isEmpty() || anyMatches(include, path)) && !anyMatches(exclude, path);
  }

  private boolean matchesLabel(FileFacts file) {
    return label == null || file.anyLabel(label::accepts);
  }

  private static boolean anyMatches(List<Glob> globs, String path) {
    for (Glob glob : globs) {
      if (glob.matches(path)) {
        return true;
      }
    }
    return false;
  }

  /** Instants from one, included, to another, excluded; null is open. */
  private record Range(
      @Nullable Instant from, @Nullable Instant before, TimeRange.UnknownTime unknown) {
    static @Nullable Range of(@Nullable TimeRange range, ZoneId zone) {
      return range == null
          ? null
          : new Range(range.from(zone), range.before(zone), range.unknown());
    }

    boolean contains(@Nullable Instant time) {
      if (time == null) {
        return unknown == TimeRange.UnknownTime.MATCH;
      }
      return (from == null || !time.isBefore(from)) && (before == null || time.isBefore(before));
    }
  }
}
