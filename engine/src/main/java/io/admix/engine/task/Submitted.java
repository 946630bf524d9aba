package io.admix.engine.task;

import io.admix.catalog.Task;

/**
 * A task that is recorded and will be run.
 *
 * @param repeated the same request came before, and this is the task that it made
 */
public record Submitted(Task task, boolean repeated) {}
