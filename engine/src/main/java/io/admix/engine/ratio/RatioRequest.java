package io.admix.engine.ratio;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A ratio task as DataMate's interface asks for it, its fields checked one by one.
 *
 * @param name any text of at most {@link #NAME_MAX} characters; kept as it is, compared without
 *     blanks around it
 * @param totals shown and stored; the counts alone say what is taken
 * @param items one per source, in order; a dataset may come several times
 */
public record RatioRequest(
    String name, @Nullable String description, long totals, List<Item> items) {
  /** Width of DataMate's column. */
  public static final int NAME_MAX = 64;

  /** Most sources of one task. */
  public static final int ITEMS_MAX = 1_000;

  /** Most files of a source, and of all sources together. */
  public static final long FILES_MAX = 1_000_000_000_000L;

  public RatioRequest {
    items = List.copyOf(items);
  }

  /**
   * One source.
   *
   * @param count files to take; none for 0
   */
  public record Item(String datasetId, long count, RatioFilter filter) {}
}
