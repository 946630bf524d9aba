package io.admix.catalog;

import org.jspecify.annotations.Nullable;

/**
 * Which datasets are listed; all that is given must hold. Datasets that are being registered, and
 * those whose removal has begun, are never listed.
 *
 * @param name contained in the name, whatever the case; null for any
 * @param keyword contained in the name or the description, whatever the case; null for any
 * @param type exactly; null for any
 * @param status exactly, such as ACTIVE; null for any
 */
public record DatasetQuery(
    @Nullable String name,
    @Nullable String keyword,
    @Nullable String type,
    @Nullable String status,
    Order order,
    PageRequest page) {

  /** In which order they are listed; equal ones by id. */
  public enum Order {
    /** By bytes of the name. */
    NAME,
    /** The newest first. */
    NEWEST,
    /** Those with most bytes first. */
    LARGEST,
    /** Those with most files first. */
    MOST_FILES
  }

  /** All that may be used, by name. */
  public static DatasetQuery active(PageRequest page) {
    return new DatasetQuery(null, null, null, "ACTIVE", Order.NAME, page);
  }
}
