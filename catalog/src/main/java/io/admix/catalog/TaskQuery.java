package io.admix.catalog;

import org.jspecify.annotations.Nullable;

/**
 * Which tasks are asked for; what is null does not narrow.
 *
 * @param nameContains part of the task's name, whatever its case
 */
public record TaskQuery(
    @Nullable String nameContains,
    Task.@Nullable Status status,
    @Nullable TaskOrigin origin,
    PageRequest page) {

  /** All that the actor sees. */
  public static TaskQuery all(PageRequest page) {
    return new TaskQuery(null, null, null, page);
  }
}
