package io.admix.server.pages.compose;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What stands beside the form and follows it.
 *
 * @param mark tells one recipe from another: whether a plan is of what the form says now
 * @param outcome null while it cannot be said
 * @param problems that keep it from being made, of fields and of the whole
 * @param nearName a dataset that this mix may be mistaken for, or null
 * @param yaml the same recipe as a text
 * @param trial whether a dry run can be asked for, and is small enough to be made at once
 */
public record LiveView(
    String mark,
    List<Source> sources,
    @Nullable Outcome outcome,
    List<Found> problems,
    @Nullable String nearName,
    String yaml,
    Trial trial) {

  public LiveView {
    sources = List.copyOf(sources);
    problems = List.copyOf(problems);
  }

  /** Whether it can be made, as far as is known. */
  public boolean isReady() {
    return trial != Trial.NONE;
  }

  /** Sources that cannot give what they are asked for. */
  public List<Source> shorts() {
    return sources.stream().filter(source -> source.missing() > 0).toList();
  }

  /** Whether a dry run is worth it. */
  public enum Trial {
    /** It cannot be made. */
    NONE,
    /** When somebody asks for it. */
    ASKED,
    /** It is small: nobody need ask. */
    SMALL
  }

  /**
   * One row.
   *
   * @param key of the row
   * @param matching files that match now, -1 where that is not counted
   * @param bytes of these
   * @param quota null while it cannot be said
   */
  public record Source(String key, String name, long matching, long bytes, @Nullable Quota quota) {

    /** Files that are missing. */
    public long missing() {
      return quota == null ? 0 : quota.missing;
    }
  }

  /**
   * What one row is asked for and gives.
   *
   * @param left what rows above it on the same dataset leave, -1 where that is not known
   * @param shares the same amount in the three ways in which it can be asked for
   * @param bar its bar
   * @param isBinding whether it keeps the mix from being larger
   */
  public record Quota(
      long requested,
      long left,
      long files,
      long missing,
      Shares shares,
      Bar bar,
      boolean isBinding) {}

  /** One amount as each field would say it. */
  public record Shares(String count, String percent, String weight) {}

  /** Widths in percent of the longest. */
  public record Bar(String available, String asked, String files) {}

  /**
   * The whole.
   *
   * @param isAbout whether sources share files, or folders must be read first
   * @param isPossible whether a mix can be made of it
   */
  public record Outcome(
      long total, long files, long bytes, long missing, boolean isAbout, boolean isPossible) {}

  /**
   * One thing that is wrong.
   *
   * @param row key of the row, or ""
   * @param source what that row is called, or ""
   * @param field of the row or of the form, or ""
   * @param words key of words of this page, or "" where {@code message} says it
   */
  public record Found(String row, String source, String field, String words, String message) {}
}
