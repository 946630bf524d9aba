package io.admix.engine.run;

import io.admix.catalog.Task;

/**
 * What a cancel came to.
 *
 * @param task CANCELLED, or RUNNING with its cancel requested
 * @param left what stays in staging because the task did not make it, a sentence for people; ""
 *     when nothing does, or when the task's runner cleans: that one tells it
 */
public record Cancelled(Task task, String left) {}
