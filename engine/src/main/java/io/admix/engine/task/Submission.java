package io.admix.engine.task;

import io.admix.catalog.TaskOrigin;
import io.admix.core.recipe.Recipe;
import org.jspecify.annotations.Nullable;

/**
 * What is to be made in the background.
 *
 * @param recipe without a target: it is made at {@code <data-root>/<dataset id>}; a seed is drawn
 *     where it has none. With {@code planSha256} it is the plan's recipe, and not looked at.
 * @param taskName what the task is called; the dataset is called as the recipe
 * @param origin SERVICE or DATAMATE
 * @param key null when a request sent twice is two requests
 * @param planSha256 of a kept plan to be executed as it is, or null
 */
public record Submission(
    Recipe recipe,
    String taskName,
    TaskOrigin origin,
    @Nullable RequestKey key,
    @Nullable String planSha256) {
  public Submission {
    if (origin == TaskOrigin.COMMAND) {
      throw new IllegalArgumentException("no server runs the task of a command");
    }
  }
}
