package io.admix.catalog;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which tasks are asked for; what is null or empty does not narrow.
 *
 * @param nameContains part of the task's name, whatever its case
 * @param statuses any of these
 */
public record TaskQuery(
    @Nullable String nameContains,
    Set<Task.Status> statuses,
    @Nullable TaskOrigin origin,
    PageRequest page) {
  public TaskQuery {
    statuses = Set.copyOf(statuses);
  }

  /** All that the actor sees. */
  public static TaskQuery all(PageRequest page) {
    return new TaskQuery(null, Set.of(), null, page);
  }
}
